"""By what measures are known: patterns and words of clauses, before an action, in it and behind it. No search here."""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest import measure_words as words
from annotator.suggest.measure_clauses import ADVERB
from annotator.suggest.word_lists import longest_first

PARTNER: Final = re.compile(
    f"(?:{ADVERB})*?(?P<with>{longest_first(words.WITH_PARTNER)})(?!外|内|上|下|后|照|标|表|比|策|应|口|账|了|主|止|何)"
)
NO_ACTION: Final = re.compile(f"(?:{ADVERB})*?(?P<word>{longest_first(words.NO_ACTION)})")
PARTNER_VERB: Final = re.compile(
    longest_first(
        words.VERBS | {"进行", "作出", "做出", "予以", "给予", "加以", "作为", "转变为", "减负", "减排", "授信"}
    )
)
TOGETHER: Final = re.compile("合作|共同|举办|组建|印发|签订|签署|对接|联合|建立|开展|共建|会商|沟通")
PLACE_CLOSE: Final = re.compile("[中上里内下时后前](?!心|级|报|发|午)|期间|方面")
#: What the words for means, basis or place end with, before the action.
MEANS_END: Final = re.compile(
    "(?:方式|形式|途径|渠道|手段|平台|系统|模式|机制|技术|优势|载体|公众号|网站|热线|窗口|媒体|会议|契机|抓手|导向|重点|目标"
    "|主线|核心|基础|支撑|要求|规定|原则|职能|职责|权限|分工|流程|部署|精神|思路|标准|程序|办法|计划|方案|安排|需求|实际|特点|情况|意见|通知|条例|小程序"
    "|活动|专栏|app|APP|》|”|网|库|站|台|线上|线下|队伍|力量|资源|等)$"
)
#: Behind such a means nothing but the action can stand; with these behind it a verb is a noun all the same.
CHANNEL: Final = re.compile("等?(?:方式|形式|途径|渠道|手段|场所|网站|专栏|公众号|大厅|窗口|报刊)$")
NOUN_BEHIND: Final = re.compile("的|工作|活动|机制|制度|能力|水平|质量|效率")
WHOM: Final = frozenset("社会 全社会 公众 社会公众 群众 居民 村民 企业 家长 学生 职工 员工 市民 商户".split())
#: Behind a verb these make a noun of it: 检查表3份, 采纳率近四成.
COMPOUND: Final = re.compile(
    "[表率员者费量额](?=[0-9约近达超、]|$)|(?:环节|时限)|办公(?:平台|系统)|化(?![解工验学])"
    "|(?<=执法)(?:人员|过程|机关|主体|部门|单位|机构|队伍|力量|行为)"
)
#: What stands behind a verb only: 宣传讲解200余人次, 治理了, 办理事项3052件.
HAS_OBJECT: Final = re.compile(
    "[了过《“]|(?:约|近|超|逾|共|达)?[0-9]|[一-鿿]{1,10}?(?:约|近|超|逾|共|达)?[0-9][0-9.,]*[余多万亿]*[一-鿿]{1,4}$"
)
#: 坚持 with these is something done again and again.
KEPT_UP: Final = re.compile(
    "(?:活动|制度|机制|学法|排查|例会|相结合|会商|走访|巡查|调度|通报|培训|检查|审查|审核|评估|(?:制度|机制|责任)的?落实)$"
)
KEEPS_UP: Final = re.compile("(?:继续|始终|一直|一贯)?坚持")
#: A topic before what was done with so many of it: 审批事项取消15项.
COUNT_BEHIND: Final = re.compile("了?(?:约|近|超|逾|共)?[0-9][0-9.,]*[余多万亿]*[一-鿿]{1,3}$")
NO_ACT: Final = frozenset("新增 增加 减少 收到 发现 覆盖 扩大 降低 完成 压缩 缩短 实现 达到".split())
#: Before a verb these make a kind of act of it: 行政奖励2项.
KINDS_OF_ACTS: Final = ("行政", "司法", "法律", "刑事", "民事", "治安")
#: What closes a list of things: the last of them is no action, though it is called like one.
CLOSES_LIST: Final = re.compile("等[^，,。]{0,6}(?:活动|工作|事项|服务|案件|文件|材料|任务|内容)")
#: A further action behind 以及, or one kept up: 接受人大监督以及主动听取意见.
AND_FURTHER: Final = re.compile(f"(?:以及(?={ADVERB})|和(?=坚持))")
AREA_OF: Final = re.compile("[一-鿿]{3,12}(?:面积|金额|数量|人数|总量)[0-9]")
#: Of the verbs that are nouns as often those that begin a part of a list as verbs.
TAKES_OBJECT: Final = frozenset("落实 建立 组织 办理 受理 发布 规范 处置 开放 审核 审查".split())
#: With none but these an action can begin at all.
FIRST: Final = frozenset(word[0] for word in {*words.VERBS, *words.ADVERBS, *words.WITH_PARTNER})
#: The segmenter joins these to the word before them (向市, 为企): a partner stands there all the same.
PARTNER_BEGINS: Final = tuple("省市县区镇乡州企群居村社全各")
#: Front matter of a clause that stands outside, before the action: 执法过程中.
FRONT: Final = re.compile(
    "[^，,。；;、《“]{2,14}?(?:过程中|工作中|活动中|期间|之前|之后|基础上|以来|前提下|领导下|背景下|方面)"
    "(?![一-鿿]?的)[，,]?|(?:受理|立案|审理|审议|审批|办理|办结|审结|执法|处罚|决策|出台|印发|成立|启用|建成|开工|培训|上岗)[前后]|按(?:要求|规定|程序|计划|时限)(?=[一-鿿])|现(?=已|正)"
)
QUOTED: Final = re.compile("《[^《》\n]*》|“[^“”\n]*”|（[^（）\n]*）|\\([^()\n]*\\)")
#: What is said of several bodies named together, before what they did.
TOGETHER_WITH: Final = re.compile("[、，,]|以?及(?:其|各)?|和|与")
AND_OTHERS: Final = re.compile(
    "(?:等)?(?:[0-9一二三四五六七八九十多]+余?[家个])?(?:有关|相关|各|成员|职能|业务|主管|责任|主流|新闻|及各)*(?:部门|单位|机构|企业|媒体|学校|科室|街道|乡镇)?(?:主要|分管|有关)?(?:领导|负责同志|负责人)?(?:均|都|也)?"
)
#: What stands before an action that is a means: 通过, and perhaps means that are none.
BEHIND_MEANS: Final = re.compile("通过(?:[^，,。；;]{2,24}、)?$")
MEANS: Final = re.compile("等?(?:多种)?(?:方式|形式|途径|渠道|手段|举措|措施|载体|办法)$")

NUMBER: Final = re.compile(
    "(?:第?[一二三四五六七八九十]{1,3}(?:是|、|要)|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．)）]|[①-⑳]|[●■◆★•·]|[—-]{1,2})\\s*"
)
TIME: Final = re.compile(
    "(?![起底末初前后止]|期(?!间)|以(?![来后]))(?:(?:截至|截止|自|从|到|在|于)?(?:目前|(?:19|20)[0-9]{2}\\s*年?(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|本?年度?|去年|今年|上年|当年|全年|上半年|下半年|近年来?|年初|年底|年内|年末|期间|近期|日前|以来|[0-9一二三四五六七八九十]+年(?:内|来|间)"
    "|[0-9]{1,2}日|[至到—-](?=[0-9])|起|底|末|初|前|后|止|每年|期|以后|、(?=[0-9]))\\s*)+(?:[,，]\\s*)?"
)
CONNECTIVE: Final = re.compile(f"(?:{longest_first(words.CONNECTIVES)})(?![法式])")
OUTSIDE: Final = re.compile(
    f"(?:严格|充分|紧紧|紧密|有效|积极|主动|坚持)?(?P<word>{longest_first(words.OUTSIDE)})"
    "(?!(?<=自)[觉主行愿治身发]|(?<=经)[济营常费]|(?<=在)[线建]|(?<=当)[场面地])"
)
SUBJECT: Final = re.compile(
    "(?:单位|部门|(?<=[委府])[^，,]{2}部|办|局|室|委|政府|街道|镇|乡|区|县|市|州|省|院|所|中心|站|队|公司|集团|校|行|医院|村|社区|组|会|会议|人员|干部|领导|律师|顾问|我们|党员|负责人|书记|主任|镇长|区长|县长|局长|[省市区县镇]级|班子|机关|窗口|网格员|志愿者|年来|领导班子|同志)(?:均|都|也)?$"
)
OWN: Final = re.compile(
    "(?:我|本|全)(?:省|市|区|县|镇|乡|街道|街|局|州|院|厅|委|办|村|旗|盟|中心|校|所|单位|系统)(?:各[级部单][^，,。]{0,6})?"
)
MADE: Final = re.compile(
    "整合[到至]|落实[到至]|延伸[到至]|下沉[到至]|推广[到至]|移[交送]|下放"
    "|作为|纳入|列入|融入|贯穿|转[变化]|传导|分配[给到至]|分解[到至为]|细化[到至为]|推送[给到至]|分派|交由|列为|定为|调整为|打造[成为]|划[分入]|统一"
)
