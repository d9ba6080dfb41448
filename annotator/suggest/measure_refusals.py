"""What shows that a clause is no measure: results, slogans, guiding thought, rules, what serves something else.

Patterns only, each for a place where `measures` asks; what begins a measure and where it ends is not known here.
"""

from __future__ import annotations

import re
from typing import Final

#: What a clause ends with that tells a result: 效率明显提升.
RESULT: Final = re.compile(
    "(?:取得[^，,。]{0,12}|得到[^，,。]{0,14}|有所[^，,。]{1,6}|(?:明显|显著|稳步|大幅|持续|不断|进一步|全面|有效|逐年|日益|更加|较为|基本|普遍)(?:提升|提高|增强|改善|优化|下降|增长|好转|健全|完善|加强|减少|上升|扩大|规范|到位|形成|显现|良好|成熟)|率(?:达|为|达到)?[0-9.百分之％%]+[^，,。]{0,6}|良好|显著|明显|抓[实好牢]抓[实好牢]|落到实处|见到实效|取得实效|做大做强)$"
)
RATE: Final = re.compile(
    "^[^，,。]{0,16}(?:率|额|比例|占比|总数|总量|人数|数量|面积|次数|金额|均)(?:已)?(?:达|为|是|超|约|共|较|同比|均|[0-9])"
)
#: Four characters and four more: 细化分工、压实责任 is a slogan.
SLOGAN: Final = re.compile(
    "[一-鿿]{4}(?:、[一-鿿]{4})+|严格、?规范、?公正、?文明(?:执法|司法)|(?:加大|加强)(?:工作)?力度|采取(?:更加?|有针对性的?|有力的?|有效的?|坚决|切实|可行的?|得力)*(?:的)?措施[^，,。]{0,8}"
)
SERVES: Final = re.compile(
    "(?:提供|营造|奠定|创造|打下|注入|夯实)(?:了)?[^，,。]{0,30}(?:氛围|保障|保证|支撑|环境|基础|遵循|依据|动力|条件|便利|力量|资料|指引)$"
)
#: 学习贯彻 without a count is guiding thought; 降低了9件 a result; 上报案例荣获 a distinction.
HOLLOW: Final = re.compile(
    "[^，,。]{0,6}(?:学习贯彻|学习宣传贯彻|宣传贯彻|贯彻学习)(?:落实)?(?:党|习近平|中央|新时代|中国|上级|国家)[^0-9]*$|[^，,。]{0,4}(?:降低|增加|减少|缩短|扩大|下降)了?(?:约|近)?[0-9]|[^，,。]*(?:荣获|获评|摆在)|[^，,。]*(?:平均|较|同比|分别|环比)[^，,。]{0,12}(?:压缩|减少|下降|降低|缩短|提高|增长|上升|增加|提升)了?(?:约|近|超)?[0-9]|[^，,。]{0,4}降低[^，,。]*(?:风险|成本|负担|压力)$|有效(?:防范|规避|防控|化解|减少)[^，,。0-9]*风险$|[^，,。]{0,14}率(?:达|近|超|约|连续|保持)|[主承协]办(?:单位|方|人)"
    "|[^，,。]{0,6}(?:强化|加强|深化)[^，,。]{0,10}(?:(?:理论|思想)武装|(?<=强化)[^，,。]{0,10}(?:能力|素质|素养|水平|意识))$"
    "|已?确认[^，,。]{2,24}(?:违法|无效)$"
)
#: What is made of something in spirit only: 把群众满意作为目标, 把党的领导贯穿全过程.
IN_SPIRIT: Final = re.compile(
    "[摆放]在[^，,。]*位置$|作为[^，,。]*(?:目标|目的|宗旨|出发点|落脚点|追求|导向|准则|方向|主线|生命线)$"
    "|(?:领导|党建|思想|精神|理念|原则|宗旨|思维)(?:全面)?(?:贯穿|融入)[^，,。]*(?:过程|方面|始终|领域|环节)$"
)
#: What must not be done, what may be done: rules.
FORBIDDEN: Final = re.compile("不得|不准|严禁|禁止")
ALLOWED: Final = re.compile("(?:可(?:以|要求|申请|依法|凭|持)|方可|有权|应当|必须)$")
