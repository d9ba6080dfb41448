"""How numerals, their approximators and what is not a quantity are written: every pattern, each with its parts named.

The patterns only find; what a find means is decided in `context` and put together in `reading`.
Half- and full-width forms stand side by side everywhere, for reports come with either.
"""

from __future__ import annotations

import re

D = "[0-9０-９]"
CN_DIGIT = "零〇○一二两兩三四五六七八九"
FORMAL = "壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟"
CN_SCALE = "十百千万萬亿億"
CN = CN_DIGIT + CN_SCALE + FORMAL + "廿卅卌"
HAN = "\u3400-\u9fff"
SEPARATORS = "-－–—~～至到"

# 5千瓦 is 5 of 千瓦, not 5000 of 瓦.
_NOT_KILO = "(?![瓦米克伏帕焦卡赫])"
SCALE = rf"(?:[十百千]?[万萬][亿億]|[十百千]?[万萬亿億]|[百千佰仟]{_NOT_KILO})"

#: A thousands separator stands behind one to three figures and before groups of exactly three: `2021,100名` has none.
ARABIC = rf"(?:{D}{{1,3}}(?:[,，]{D}{{3}})+(?!{D})|{D}+)(?:[.．]{D}+)?"

NUMERAL = re.compile(
    rf"""
    (?P<numeral>
        (?P<arabic>{ARABIC})
        (?:
            \s?(?P<scale>{SCALE})
            (?P<mixed>(?:[零〇]?(?:{D}+|[{CN_DIGIT}])[十百千万萬亿億]{{1,2}}{_NOT_KILO})*
                      (?:[零〇]?{D}+(?![{D[1:-1]}.．,，:：%％年月日]))?)
          | (?P<latin>[kKwMG])(?![A-Za-z0-9+/²³]|(?![人元个件次户条名份家张吨米字])[{HAN}])
        )?
      | (?P<chinese>
            [{CN}]+
            (?:[点點](?:[{CN_DIGIT}{FORMAL}]+|{D}+)[十百千万萬亿億]*)?
        )
    )
    """,
    re.VERBOSE,
)

#: .77 with nothing but a sign or a break before it.
LEADING_POINT = re.compile(r"(?:^|[\s:：(（,，\-－负負])[.．]$")
KILO_END = re.compile("[千仟][米克瓦伏帕焦卡赫]")

#: Behind the numeral: 1000余, 30多万, 十几, 二十几万.
MORE = re.compile(rf"(?P<word>[多余餘几來来])(?P<scale>{SCALE})?")
MORE_CAME = re.compile("[來来](?![个個次名家件份户])")

RANGE = re.compile(rf"\s?(?:[-－–—~～]{{1,2}}|[至到])\s?(?=[{D[1:-1]}{CN}])")

#: Behind the unit; outside only where it begins another word.
SUFFIX = re.compile(
    r"[ \u00a0]?(?:(?P<at_least>(?:[及或]|[(（]含[)）])?以上|开外)|(?P<at_most>(?:[及或])?以下|以内|之内)|(?P<approx>左右|上下(?=[,，。;；、)）\s]|$)))"
)

#: 百分之, 千分之, 三分之二, 负百分之.
PER = re.compile(
    rf"(?:(?P<hundred>百分之|百分(?=[{CN_DIGIT}]))|(?P<thousand>千分之)|(?P<ten_thousand>万分之)|(?P<below>[{CN}{D[1:-1]}]{{1,12}})分之)"
)
SLASHED = re.compile(rf"(?P<above>{D}{{1,4}})[/／](?P<below>{D}{{1,4}})(?![{D[1:-1]}/／])")

SIGN = re.compile(r"(?:负|負|[-－−﹣])[ ]?$")
CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}

_COIN = rf"(?:[{CN_DIGIT}{FORMAL}]|{D})"
_NO_MORE = rf"(?![{CN}{D[1:-1]}.．%％]|(?![到至])[{HAN}])"
#: 壹拾壹元壹角, 12块5毛, 三块零四: what follows 元 or 块.
COINS = re.compile(
    rf"""
    [零〇]?(?P<jiao>{_COIN})[角毛](?:[零〇]?(?P<fen>{_COIN})(?:分(?![之别钟])|{_NO_MORE}))?(?:[整正](?![{HAN}]))?
  | [零〇]?(?P<only_fen>{_COIN})分(?![之别钟])
  | (?P<zero>[零〇]?)(?P<loose>{_COIN}){_NO_MORE}
  | [整正](?![{HAN}])
    """,
    re.VERBOSE,
)
FEN = re.compile(rf"(?P<fen>{_COIN})(?:分(?![之别钟])|{_NO_MORE})")
OUNCES = re.compile(rf"(?P<ounces>{_COIN})[两兩](?![{HAN}])")
#: 三成五, 三成半: not where the digit begins a number of its own (三成一个).
TENTH = re.compile(rf"(?P<tenth>[一二三四五六七八九半])(?![{CN}个家名项年月次人户件成])")
HALF = re.compile(rf"半(?![{HAN}])|半(?=左右|以上)")

DATE = re.compile(
    rf"""
    (?:19|20|１９|２０){D}{{2}}\s?(?:[-－–—~～至到]\s?(?:19|20){D}{{2}}\s?)?年(?:度(?!假))?   # 2021年, 2021-2025年
        (?:\s?{D}{{1,2}}\s?月份?(?:\s?{D}{{1,2}}\s?[日号])?)?
  | (?:19|20){D}{{2}}\s?[-－–—~～至到]\s?(?:19|20){D}{{2}}(?![{D[1:-1]}%％万亿元个人件户次名份家吨亩])    # 2021-2025
  | (?:19|20){D}{{2}}(?=[、和及与](?:19|20){D}{{2}}年)
  | (?:19|20){D}{{2}}(?P<dash>[-/.．])(?:1[0-2]|0?[1-9])(?:(?P=dash){D}{{1,2}})?(?![{D[1:-1]}%％万亿元个人件户次名份家吨亩])   # 2022-01-25
  | {D}{{1,2}}\s?月份?\s?{D}{{1,2}}\s?[日号](?:\s?[-－–—~～至到]\s?(?:{D}{{1,2}}月)?{D}{{1,2}}[日号])?   # 8月20日至21日
  | {D}{{1,2}}\s?(?:[-－–—~～至到、]\s?{D}{{1,2}}\s?)?月份?(?![{HAN}]?{D}+日)                     # 1—11月, 11月底
  | {D}{{1,2}}\s?(?:[-－–—~～至到、]\s?{D}{{1,2}}\s?)?日(?!均)                                 # 20日
  | {D}{{2}}年(?:\s?{D}{{1,2}}月(?:\s?{D}{{1,2}}日)?)                                        # 98年5月
    """,
    re.VERBOSE,
)
CN_DATE = re.compile(
    rf"""
    [一二][{CN_DIGIT}]{{3}}年(?:度(?!假))?(?:[一二三四五六七八九十]{{1,2}}月份?(?:[一二三四五六七八九十廿]{{1,3}}[日号])?)?
  | 二千年
  | [一二三四五六七八九十]{{1,2}}月份?(?:[一二三四五六七八九十廿]{{1,3}}[日号])?
  | [{CN_DIGIT}]{{2,4}}年(?=[一二三四五六七八九十]{{1,2}}月)
  | [一二三四五六七八九十廿]{{1,3}}日(?![行常均益])
    """,
    re.VERBOSE,
)
CN_CLOCK = re.compile(
    rf"[{CN_DIGIT}十]{{1,3}}[点點时時](?:半|整|钟|鐘|[{CN_DIGIT}十]{{1,3}}分(?:[{CN_DIGIT}十]{{1,3}}秒)?|[二三四五]?十[{CN_DIGIT}]?(?![{CN}]))"
)
CLOCK = re.compile(
    rf"{D}{{1,2}}[:：]{D}{{2}}(?:[:：]{D}{{2}})?(?!{D})|{D}{{1,2}}[时点點](?=半|整|许|钟|前|后|之|至|到|到|{D}{{1,2}}分?|[,，。、)）\s]|$)(?:{D}{{1,2}}分?|半|整|钟)?"
)
TELEPHONE = re.compile(
    rf"""
    0{D}{{2,3}}\s?[-－—–]\s?{D}{{7,8}}(?:[-－]{D}{{1,5}})?(?!{D})      # 0999-1234567
  | [(（]?400[-－]?{D}{{3}}[-－]?{D}{{4}}(?!{D})
  | 1[3-9]{D}{{9}}(?![{D[1:-1]}.．,，%％元件人个户次吨万亿])
  | (?:12{D}{{3}}|96{D}{{3,4}}|95{D}{{3}}|11[0-9]|12[02])(?![{D[1:-1]}个件次宗条通起人名户家万余多])
    (?=[{HAN}“”"（()）]{{0,9}}?(?:热线|電話|电话|平台|便民|服务台|工单|来电|转办|接警|报警|急救|火警))
    """,
    re.VERBOSE,
)
#: Hotlines and years: figures that may be no number at all.
IN_DOUBT = re.compile(r"12[0-9]{3}|96[0-9]{3,4}|11[049]|12[02]|19[5-9][0-9]|20[0-4][0-9]")
#: 5G, 1+1+9, 7×24, 2.0版, 3·15, 127.0.0.1, 180#
NAME = re.compile(
    rf"""
    {D}+(?:[+＋](?:{D}+|[A-Za-zＮＸ]+))+
  | {D}+(?:[*×xX✕]{D}+)+(?:小时)?
  | {D}{{1,2}}[·•∙]{D}{{1,2}}
  | {D}+(?:[.．]{D}+){{2,}}
  | {D}+(?:[.．]{D}+)?(?:[:：∶]{D}+(?:[.．]{D}+)?){{2,}}(?<![:：]{D}{D}[:：]{D}{D})
  | {D}[.．]{D}\s?(?=版|时代|升级|模式|平台)
  | [2-6]G(?![A-Za-z])
  | {D}+(?=\#|＃|[+＋](?![{D[1:-1]}{CN}]))
  | {D}+\s?(?:星级?(?!期)|[A-Za-z]+级)
    """,
    re.VERBOSE,
)
FIGURES = re.compile(rf"{D}+(?:[.．]{D}+)?")
#: Figures followed by a letter that is no unit: 4A, 3D, 360L2.
LETTERED = re.compile(rf"{D}+[A-Za-z]")
YEAR = re.compile("(?:19[5-9][0-9]|20[0-4][0-9])$")

RANK = re.compile(r"(?:排名|排行|排位|位列|位居|名列|位次|名次|居|列)[^,，。；;、！!？?\n]{0,8}$")
ORDINAL_BEFORE = re.compile(r"(?:第|前|其)\s?$")
DOCUMENT_BEFORE = re.compile(r"(?:[〕\]］】]|[)）](?=第?$)|备|字|备案号|标识码[:：]?|安备)\s?第?\s?$")

UP = "增长|增加|上升|提高|提升|上涨|攀升|增多|扩大|提速|增幅|涨幅|增速|增长率|同比增|环比增|比增|年均增|同比升|环比升|同比涨|升高|多增|递增"
DOWN = "下降|降低|减少|下滑|回落|下跌|缩短|压缩|压减|缩减|削减|精简|降幅|跌幅|减幅|同比降|环比降|同比减|比降|比减|少增|递减|减轻"
CHANGE = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|幅度|率|比例)?(?:约?为|达到?|了)?[ ]?$")
COMPARED = re.compile(
    r"(?:同比|环比|比[^,，。；;、！!？?\n]{1,14}|较(?:上|去|前|年|同期|往|基|原|计划|20)[^,，。；;、！!？?\n]{0,10})"
    r"(?:(?P<up>多(?:(?![次个家名种年])[\u4e00-\u9fff]{1,2})?|高|增|升|高出|增加了?)"
    r"|(?P<down>少(?:(?![数年])[\u4e00-\u9fff]{1,2})?|低|降|减))(?:了|出)?[ ]?$"
)
LISTED = re.compile(r"\s?[、和及与]\s?")
JOINED = re.compile(r"[、和及与,，]?(?:和|及|与)?$")
SHORTER = re.compile(r"(?:缩短|压缩|压减|减少|节约|节省|提速|提前|缩减)(?:了|近|约|至少|超过?|为)?$")
LASTING = re.compile(r"(?:时长|累计|共计?|合计|总计|服务|培训|学习|达到?|学时)(?:了|近|约|超过?)?$")
DAYS = re.compile(r"(?:天数|日数)(?:共计?|累计|达到?|为|有|超过?|约)?$")
#: 五届三次会议, 十届人大三次会议.
SESSION = re.compile(r"届[^,，。；;、\n]{0,6}$")
EACH = re.compile(r"[每第同任另某这那哪唯上下逐进单首头本该此万]\s?$")
ONLY_ONCE = re.compile("(?:[跑只仅不再又]|最多.{0,2}|仅需|只需)$")  # 最多跑一次
FREQUENCY = re.compile(r"每[^,，。；;\n]{0,10}$")
#: Behind a Chinese digit: the clause is over, so the number counts what stands before it.
CLAUSE_OVER = re.compile(r"\s*(?:[,，。;；、!！?？)）\n]|$|共(?=[0-9０-９]))")
SECOND = re.compile("二次(?=[供污装加利开创分元曝确])|[一二三]次(?=产业)")
