"""Measures as suggestions: clauses that say what the body did or will do, from the first action verb to their end.

Clause by clause, after the annotation guideline: what stands before the action (time, place, subject, means, connectives)
stays outside, its adverbs and the phrases with 对, 把, 为 stay inside. Headings, opening summaries and shortcomings hold
no measures; clauses of purpose, outcome and guiding thought are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.selection import trim
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import measure_refusals as refusals
from annotator.suggest import measure_words as words
from annotator.suggest.institution_words import longest_first
from annotator.suggest.measure_clauses import ACTION, ADVERB, measure_clauses
from annotator.suggest.reading import Range, Reading
from annotator.suggest.registry import suggest as asked

LABEL: Final = "MEASURE"
SOURCE: Final = "measures"

_REASON: Final = N_("begins with an action: {verb}")


_PARTNER: Final = re.compile(
    f"(?:{ADVERB})*?(?P<with>{longest_first(words.WITH_PARTNER)})(?!外|内|上|下|后|照|标|表|比|策|应|口|账|了|主|止|何)"
)
_NO_ACTION: Final = re.compile(f"(?:{ADVERB})*?(?P<word>{longest_first(words.NO_ACTION)})")
_PARTNER_VERB: Final = re.compile(
    longest_first(
        words.VERBS | {"进行", "作出", "做出", "予以", "给予", "加以", "作为", "转变为", "减负", "减排", "授信"}
    )
)
_TOGETHER: Final = re.compile("合作|共同|举办|组建|印发|签订|签署|对接|联合|建立|开展|共建|会商|沟通")
_PLACE_CLOSE: Final = re.compile("[中上里内下时后前](?!心|级|报|发|午)|期间|方面")
#: What the words for means, basis or place end with, before the action.
_MEANS_END: Final = re.compile(
    "(?:方式|形式|途径|渠道|手段|平台|系统|模式|机制|技术|优势|载体|公众号|网站|热线|窗口|媒体|会议|契机|抓手|导向|重点|目标"
    "|主线|核心|基础|支撑|要求|规定|原则|职能|职责|权限|分工|流程|部署|精神|思路|标准|程序|办法|计划|方案|安排|需求|实际|特点|情况|意见|通知|条例|小程序"
    "|活动|专栏|app|APP|》|”|网|库|站|台|线上|线下|队伍|力量|资源|等)$"
)
#: Behind such a means nothing but the action can stand; with these behind it a verb is a noun all the same.
_CHANNEL: Final = re.compile("等?(?:方式|形式|途径|渠道|手段|场所|网站|专栏|公众号|大厅|窗口|报刊)$")
_NOUN_BEHIND: Final = re.compile("的|工作|活动|机制|制度|能力|水平|质量|效率")
_WHOM: Final = frozenset("社会 全社会 公众 社会公众 群众 居民 村民 企业 家长 学生 职工 员工 市民 商户".split())
#: Front matter of a clause that stands outside, before the action: 执法过程中, 全省交通运输系统.
#: Behind a verb these make a noun of it: 检查表3份, 采纳率近四成.
_COMPOUND: Final = re.compile(
    "[表率员者费量额](?=[0-9约近达超、]|$)|(?:环节|时限)|办公(?:平台|系统)|化(?![解工验学])"
    "|(?<=执法)(?:人员|过程|机关|主体|部门|单位|机构|队伍|力量|行为)"
)
#: What stands behind a verb only: 宣传讲解200余人次, 治理了, 办理事项3052件.
_HAS_OBJECT: Final = re.compile(
    "[了过《“]|(?:约|近|超|逾|共|达)?[0-9]|[一-鿿]{1,10}?(?:约|近|超|逾|共|达)?[0-9][0-9.,]*[余多万亿]*[一-鿿]{1,4}$"
)
#: 坚持 with these is something done again and again.
_KEPT_UP: Final = re.compile(
    "(?:活动|制度|机制|学法|排查|例会|相结合|会商|走访|巡查|调度|通报|培训|检查|审查|审核|评估|(?:制度|机制|责任)的?落实)$"
)
_KEEPS_UP: Final = re.compile("(?:继续|始终|一直|一贯)?坚持")
#: A topic before what was done with so many of it: 审批事项取消15项.
_COUNT_BEHIND: Final = re.compile("了?(?:约|近|超|逾|共)?[0-9][0-9.,]*[余多万亿]*[一-鿿]{1,3}$")
_NO_ACT: Final = frozenset("新增 增加 减少 收到 发现 覆盖 扩大 降低 完成 压缩 缩短 实现 达到".split())
#: Before a verb these make a kind of act of it: 行政奖励2项.
_KINDS_OF_ACTS: Final = ("行政", "司法", "法律", "刑事", "民事", "治安")
_MOST_TOPIC: Final = 14
#: What closes a list of things: the last of them is no action, though it is called like one.
_CLOSES_LIST: Final = re.compile("等[^，,。]{0,6}(?:活动|工作|事项|服务|案件|文件|材料|任务|内容)")
#: A further action behind 以及, or one kept up: 接受人大监督以及主动听取意见.
_AND_FURTHER: Final = re.compile(f"(?:以及(?={ADVERB})|和(?=坚持))")
_AREA_OF: Final = re.compile("[一-鿿]{3,12}(?:面积|金额|数量|人数|总量)[0-9]")
#: Of the verbs that are nouns as often those that begin a part of a list as verbs.
_TAKES_OBJECT: Final = frozenset("落实 建立 组织 办理 受理 发布 规范 处置 开放 审核 审查".split())
#: With none but these an action can begin at all.
_FIRST: Final = frozenset(word[0] for word in {*words.VERBS, *words.ADVERBS, *words.WITH_PARTNER})
#: The segmenter joins these to the word before them (向市, 为企): a partner stands there all the same.
_PARTNER_BEGINS: Final = tuple("省市县区镇乡州企群居村社全各")
_FRONT: Final = re.compile(
    "[^，,。；;、《“]{2,14}?(?:过程中|工作中|活动中|期间|之前|之后|基础上|以来|前提下|领导下|背景下|方面)"
    "(?![一-鿿]?的)[，,]?|(?:受理|立案|审理|审议|审批|办理|办结|审结|执法|处罚|决策|出台|印发|成立|启用|建成|开工|培训|上岗)[前后]|按(?:要求|规定|程序|计划|时限)(?=[一-鿿])|现(?=已|正)"
)
_QUOTED: Final = re.compile("《[^《》\n]*》|“[^“”\n]*”|（[^（）\n]*）|\\([^()\n]*\\)")
#: What is said of several bodies named together, before what they did.
_TOGETHER_WITH: Final = re.compile("[、，,]|以?及(?:其|各)?|和|与")
_AND_OTHERS: Final = re.compile(
    "(?:等)?(?:[0-9一二三四五六七八九十多]+余?[家个])?(?:有关|相关|各|成员|职能|业务|主管|责任|主流|新闻|及各)*(?:部门|单位|机构|企业|媒体|学校|科室|街道|乡镇)?(?:主要|分管|有关)?(?:领导|负责同志|负责人)?(?:均|都|也)?"
)
#: What stands before an action that is a means: 通过, and perhaps means that are none.
_BEHIND_MEANS: Final = re.compile("通过(?:[^，,。；;]{2,24}、)?$")
_MEANS: Final = re.compile("等?(?:多种)?(?:方式|形式|途径|渠道|手段|举措|措施|载体|办法)$")

_NUMBER: Final = re.compile(
    "(?:第?[一二三四五六七八九十]{1,3}(?:是|、|要)|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．)）]|[①-⑳]|[●■◆★•·]|[—-]{1,2})\\s*"
)
_TIME: Final = re.compile(
    "(?![起底末初前后止]|期(?!间)|以(?![来后]))(?:(?:截至|截止|自|从|到|在|于)?(?:目前|(?:19|20)[0-9]{2}\\s*年?(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|本?年度?|去年|今年|上年|当年|全年|上半年|下半年|近年来?|年初|年底|年内|年末|期间|近期|日前|以来|[0-9一二三四五六七八九十]+年(?:内|来|间)"
    "|[0-9]{1,2}日|[至到—-](?=[0-9])|起|底|末|初|前|后|止|每年|期|以后|、(?=[0-9]))\\s*)+(?:[,，]\\s*)?"
)
_CONNECTIVE: Final = re.compile(f"(?:{longest_first(words.CONNECTIVES)})(?![法式])")
_OUTSIDE: Final = re.compile(
    f"(?:严格|充分|紧紧|紧密|有效|积极|主动|坚持)?(?P<word>{longest_first(words.OUTSIDE)})"
    "(?!(?<=自)[觉主行愿治身发]|(?<=经)[济营常费]|(?<=在)[线建]|(?<=当)[场面地])"
)
_SUBJECT: Final = re.compile(
    "(?:单位|部门|(?<=[委府])[^，,]{2}部|办|局|室|委|政府|街道|镇|乡|区|县|市|州|省|院|所|中心|站|队|公司|集团|校|行|医院|村|社区|组|会|会议|人员|干部|领导|律师|顾问|我们|党员|负责人|书记|主任|镇长|区长|县长|局长|[省市区县镇]级|班子|机关|窗口|网格员|志愿者|年来|领导班子|同志)(?:均|都|也)?$"
)
_OWN: Final = re.compile(
    "(?:我|本|全)(?:省|市|区|县|镇|乡|街道|街|局|州|院|厅|委|办|村|旗|盟|中心|校|所|单位|系统)(?:各[级部单][^，,。]{0,6})?"
)
_MADE: Final = re.compile(
    "整合[到至]|落实[到至]|延伸[到至]|下沉[到至]|推广[到至]|移[交送]|下放"
    "|作为|纳入|列入|融入|贯穿|转[变化]|传导|分配[给到至]|分解[到至为]|细化[到至为]|推送[给到至]|分派|交由|列为|定为|调整为|打造[成为]|划[分入]|统一"
)
_MOST_SUBJECT: Final = 40
_MOST_PLACE: Final = 40
_LEAST: Final = 4


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every measure of the body, in text order."""
    search = _Search(reading)
    for start, end, verb, score in search.measures():
        attributes = {"status": "planned"} if reading.planned(start) else {}
        yield Proposal(start, end, LABEL, SOURCE, score, Wording(_REASON, {"verb": verb}), attributes)


class _Search:
    """One report being searched."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._edges = frozenset(reading.edges)
        self._bodies = {p.start: p.end for p in asked(reading, ("institutions",))}
        self._quoted = [found.span() for found in _QUOTED.finditer(self._text)]

    def measures(self) -> Iterator[tuple[int, int, str, float]]:
        """Start, end, verb and score of each."""
        for start, end in measure_clauses(self._reading):
            found = self._measure(start, end)
            if found is None:
                continue
            begin, verb, score = found
            for low, high in self._parts(begin, self._before_means(begin, end)):
                low, high = trim(self._text, low, high)
                if high - low >= _LEAST:
                    yield low, high, verb, score

    # ---- where the measure begins --------------------------------------------------------------------

    def _measure(self, start: int, end: int) -> tuple[int, str, float] | None:
        """Where the measure of a clause begins, its verb, and how sure it is."""
        at = self._past_the_front(start, end)
        at = _back_to_future(self._text, at, end)
        for _turn in range(3):
            found = self._action_at(at, end)
            if found is not None:
                return found
            if self._is_none(at, end) and not _OUTSIDE.match(self._text, at):
                return None
            further = self._behind_subject(at, end)
            if further is None:
                return None
            at = further
        return None

    def _past_the_front(self, at: int, end: int) -> int:
        """Behind numbers, connectives, times and the reporting body's own name."""
        while at < end:
            before = at
            if self._text[at] in "我本" and at + 1 in self._bodies:
                at += 1
            for pattern in (_NUMBER, _TIME, _CONNECTIVE, _OWN, _FRONT):
                found = pattern.match(self._text, at, end)
                if found and pattern is _FRONT and not ACTION.match(self._text, found.end(), end):
                    continue
                if found and not (pattern is _CONNECTIVE and ACTION.match(self._text, at) and self._verb_is_long(at)):
                    at = found.end()
            body = self._behind_bodies(at, end)
            at = at if body is None else body
            while at < end and (self._text[at].isspace() or self._text[at] in "，,、：:"):
                at += 1
            if at == before:
                return at
        return at

    def _behind_bodies(self, at: int, end: int) -> int | None:
        """Behind the bodies that act, where bodies are named at `at` and an action or its time stands behind them."""
        behind = self._bodies.get(at)
        if behind is None:
            return None
        while (joint := _TOGETHER_WITH.match(self._text, behind, end)) and joint.end() in self._bodies:
            behind = self._bodies[joint.end()]
        others = _AND_OTHERS.match(self._text, behind, end)
        behind = others.end() if others else behind
        front = _FRONT.match(self._text, behind, end)
        behind = front.end() if front and ACTION.match(self._text, front.end(), end) else behind
        goes_on = _TIME.match(self._text, behind, end) or _OUTSIDE.match(self._text, behind, end)
        return behind if goes_on or self._action_at(behind, end) is not None else None

    def _verb_is_long(self, at: int) -> bool:
        found = ACTION.match(self._text, at)
        return found is not None and len(found["verb"]) > 1 and found.start("verb") == at

    def _action_at(self, at: int, end: int) -> tuple[int, str, float] | None:
        """The action that begins right here, with its adverbs and what it is done to."""
        text = self._text
        if text.startswith("通过", at):
            if _MEANS.search(text, at, end) and len(self._parts(at + 2, end)) == 1 and "、" not in text[at:end]:
                return None
            inner = self._action_at(at + 2, end) or self._further_means(at + 2, end)
            return inner if inner is not None and len(inner[1]) > 1 else None
        if _KEEPS_UP.match(text, at) and _KEPT_UP.search(text, at, end):
            return at, "坚持", 0.6
        partner = _PARTNER.match(text, at, end)
        if partner:
            found = self._with_partner(at, partner, end)
            if found is not None:
                return found
        action = self._verb(at, end)
        if action is None or self._is_none(at, end) or end - action.end() < 2:
            return None
        if (
            refusals.RESULT.search(text, action.end(), end)
            or self._is_figure(action, end)
            or refusals.HOLLOW.match(text[at:end])
        ):
            return None
        if refusals.SERVES.search(text, at, end):
            return None
        return at, action["verb"], 0.85 if len(action["verb"]) > 1 else 0.6

    def _further_means(self, at: int, end: int) -> tuple[int, str, float] | None:
        """The first of the means that is an action, behind others that are none: 通过集中学习、组织培训等方式."""
        if not _MEANS.search(self._text, at, end):
            return None
        marks = (mark for mark in range(at, end) if self._text[mark] == "、" and not self._is_quoted(mark))
        return next((found for mark in marks if (found := self._action_at(mark + 1, end)) is not None), None)

    def _is_figure(self, action: re.Match[str], end: int) -> bool:
        """Whether the clause states a figure; what a verb counts behind its object (治理面积560亩) is an action."""
        found = refusals.RATE.match(self._text[action.start() : end])
        return found is not None and not _AREA_OF.match(self._text, action.end(), end)

    def _verb(self, at: int, end: int) -> re.Match[str] | None:
        action = ACTION.match(self._text, at, end)
        if action is None:
            return None
        verb = action["verb"]
        if len(verb) == 1 and not self._is_word(action.start("verb"), action.end()):
            return None
        if _COMPOUND.match(self._text, action.end(), end):
            return None
        if verb in words.NOUNS_TOO and self._text.startswith("全部", at):
            return None  # 全部复议决定 are things, 全部配齐 is done
        return action

    def _has_edge(self, start: int, end: int) -> bool:
        """Whether a verb is a word, or half of one with what stands before it (人员配备)."""
        return start in self._edges or end in self._edges

    def _is_word(self, start: int, end: int) -> bool:
        return start in self._edges and end in self._edges

    def _with_partner(self, at: int, partner: re.Match[str], end: int) -> tuple[int, str, float] | None:
        """`对…开展…`: the verb stands later in the clause."""
        text, word = self._text, partner["with"]
        begins = word in ("向", "为") and text[partner.end() : partner.end() + 1] in _PARTNER_BEGINS
        if len(word) == 1 and partner.end() not in self._edges and word not in "把将对" and not begins:
            return None
        if refusals.SERVES.search(text, partner.end(), end) or refusals.FORBIDDEN.search(text, partner.end(), end):
            return None
        if _NO_ACTION.match(text, partner.end()) and not text.startswith("存在的", partner.end()):
            return None
        if word in "把将" and refusals.IN_SPIRIT.search(text, partner.end(), end):
            return None
        if word in ("与", "同", "和") and not _TOGETHER.search(text, partner.end(), end):
            return None
        for found in _PARTNER_VERB.finditer(text, partner.end() + 1, end):
            if (
                self._has_edge(*found.span())
                and (
                    len(found.group()) > 1
                    or word in "把将"
                    or (found.group() in "送发赠" and self._is_word(*found.span()))
                )
                and (self._follows_whom(word, partner.end(), found) or not self._is_noun(found, end))
            ):
                inside = word not in ("从", "和", "同", "就")
                if not inside:
                    return self._action_at(found.start(), end)
                return at, found.group(), 0.8
        return (at, word, 0.6) if word in "把将" and end - at > 8 else None

    def _follows_whom(self, word: str, at: int, verb: re.Match[str]) -> bool:
        """Whether between 向 and the verb stands whom it is done to and no more: 向社会公开预算."""
        whom = self._text[at : verb.start()]
        return word in ("向", "面向") and whom in _WHOM and not _NOUN_BEHIND.match(self._text, verb.end())

    def _is_noun(self, verb: re.Match[str], end: int) -> bool:
        """Whether a verb inside a phrase is only the first half of a noun there: 行政执法案件, 监督机制."""
        if self._text.startswith("的", verb.end()):
            return True
        return (
            verb.group() in words.NOUNS_TOO and verb.end() != end and not _HAS_OBJECT.match(self._text, verb.end(), end)
        )

    def _is_none(self, at: int, end: int) -> bool:
        """Whether the clause says what shall come of it, in which spirit, or how."""
        text = self._text
        found = _NO_ACTION.match(text, at, end)
        action = ACTION.match(text, at, end)
        if action is not None and action["verb"] not in words.VERBS:  # one that what stands behind it makes an action
            found = None
        if found is None or (len(found["word"]) == 1 and not self._is_word(found.start("word"), found.end())):
            return refusals.SLOGAN.fullmatch(text, at, end) is not None
        if found["word"] == "坚持":
            behind = found.end()
            return not (
                _KEPT_UP.search(text, behind, end)
                or _PARTNER.match(text, behind, end)
                or text.startswith(("追责", "运用"), behind)
            )
        if action is not None and action.start("verb") == found.start("word"):
            return len(action["verb"]) <= len(found["word"])
        return action is None or action.start("verb") > found.start("word")

    def _behind_subject(self, at: int, end: int) -> int | None:
        """Where the action begins behind a subject, or behind the words for a place."""
        outside = _OUTSIDE.match(self._text, at)
        reach = min(end, at + (_MOST_PLACE if outside else _MOST_SUBJECT))
        for offset in range(at + 2, reach):
            if not self._starts_action(offset, end, sure=_CHANNEL.search(self._text, at, offset) is not None):
                continue
            if refusals.ALLOWED.search(self._text, at, offset):
                return None
            if outside is None:
                if self._counts_a_topic(at, offset, end):
                    return offset
                if _SUBJECT.search(self._text, at, offset) or self._says_all(at, offset):
                    return offset
            elif outside["word"] in ("在", "由", "经"):
                if not self._inside_place(at, offset, end):
                    return offset
            elif _MEANS_END.search(self._text, at, offset):
                return offset
        return None

    def _counts_a_topic(self, at: int, offset: int, end: int) -> bool:
        """Whether the verb at `offset` says with how many of what stands before it something was done."""
        action = self._verb(offset, end)
        if action is None or offset - at > _MOST_TOPIC or self._text[offset - 2 : offset] in _KINDS_OF_ACTS:
            return False
        if not _COUNT_BEHIND.match(self._text, action.end(), end):
            return False
        verb = action["verb"]
        return self._is_word(*action.span("verb")) and verb not in words.NOUNS_TOO and verb not in _NO_ACT

    def _says_all(self, at: int, offset: int) -> bool:
        """Whether 均 or 已 at `offset` shows that a short subject ends there: 全年案件均按要求办理."""
        return (
            (self._text[offset] in "均已共都" or self._text.startswith("全部", offset))
            and offset in self._edges
            and offset - at <= 10
        )

    def _inside_place(self, at: int, offset: int, end: int) -> bool:
        """Whether an action that begins at `offset` is still part of the words for a place: 在推进执法工作中."""
        close = _PLACE_CLOSE.search(self._text, offset, end)
        return close is not None and close.end() in self._edges and end - close.end() > _LEAST

    def _is_quoted(self, at: int) -> bool:
        found = bisect_right(self._quoted, (at, 0)) - 1
        return found >= 0 and self._quoted[found][0] < at < self._quoted[found][1]

    def _starts_action(self, at: int, end: int, sure: bool = False) -> bool:
        """Whether an action begins at `at`; where that is `sure`, verbs that are nouns as often are verbs."""
        if self._text[at] not in _FIRST or self._is_quoted(at):
            return False
        action = self._verb(at, end)
        if action is not None and len(action["verb"]) > 1 and end - action.end() >= 2:
            if sure and not _NOUN_BEHIND.match(self._text, action.end()):
                return self._is_word(at, action.end())
            return self._has_edge(at, action.end()) and not self._is_noun(action, end)
        if at not in self._edges:
            return False
        partner = _PARTNER.match(self._text, at, end)
        return (
            partner is not None
            and partner["with"] in ("对", "把", "将", "向", "为")
            and self._with_partner(at, partner, end) is not None
        )

    # ---- where it ends -------------------------------------------------------------------------------

    def _parts(self, start: int, end: int) -> list[Range]:
        """The measure, or several where 、 joins actions that each have an object of their own."""
        for further in _AND_FURTHER.finditer(self._text, start + _LEAST, end):
            if self._action_at(further.end(), end) is not None:
                return [*self._parts(start, further.start()), *self._parts(further.end(), end)]
        marks = [at for at in range(start, end) if self._text[at] == "、" and not self._is_quoted(at)]
        if not marks:
            return [(start, end)]
        pieces = list(zip([start, *(at + 1 for at in marks)], [*marks, end], strict=True))
        pieces = [pieces[0], *((self._behind_bodies(low, high) or low, high) for low, high in pieces[1:])]
        actions = [piece for piece in pieces if self._whole_action(*piece)]
        if 2 * len(actions) > len(pieces):  # among so many actions a verb that is a noun as often is one more
            actions = [piece for piece in pieces if piece in actions or self._verb_with_object(*piece)]
        if _BEHIND_MEANS.search(self._text, max(0, start - _MOST_PLACE), start):
            return self._means(pieces, actions) or [(start, end)]
        if all(piece in actions or _OUTSIDE.match(self._text, piece[0]) for piece in pieces):
            return actions
        return [(start, end)]

    def _before_means(self, start: int, end: int) -> int:
        """`end`, or where 等方式 begins that closes 通过…: 通过修订公约、组织培训等方式."""
        behind = _BEHIND_MEANS.search(self._text, max(0, start - _MOST_PLACE), start)
        tail = _MEANS.search(self._text, start, end) if behind else None
        return tail.start() if tail and tail.start() > start else end

    def _means(self, pieces: list[Range], actions: list[Range]) -> list[Range]:
        """The actions among what 通过 lists; what begins with a quotation is one more object of the one before."""
        kept: list[Range] = []
        for low, high in pieces:
            if kept and kept[-1][1] == low - 1 and self._text[low] in "“《":
                kept[-1] = kept[-1][0], high
            elif (low, high) in actions or self._text.startswith("坚持", low):
                kept.append((low, high))
        return kept

    def _verb_with_object(self, start: int, end: int) -> bool:
        action = self._verb(start, end)
        return action is not None and len(action["verb"]) > 1 and end - action.end() > 2

    def _whole_action(self, start: int, end: int) -> bool:
        text = self._text
        action = self._verb(start, end)
        if action is None or len(action["verb"]) < 2 or text.startswith("等", action.end()):
            return False
        if action["verb"] in words.NOUNS_TOO and _CLOSES_LIST.search(text, action.end(), end):
            return False
        if end - action.end() < 3 and not text[action.end() : action.end() + 1].isdigit():
            return False
        return action["verb"] in _TAKES_OBJECT or not self._is_noun(action, end)


def _back_to_future(text: str, at: int, end: int) -> int:
    """`at`, or one before, where a 将 taken for "will" says what is made of something: 将学习作为任务."""
    return at - 1 if at and text[at - 1] == "将" and _MADE.search(text, at, end) else at
