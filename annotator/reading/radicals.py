"""Radicals that PDF files give back in place of characters: ⼀ for 一, ⻢ for 马.

Fonts draw a radical and the character that looks like it with one glyph, and a PDF remembers only the glyph. The table
holds the blocks Kangxi Radicals and CJK Radicals Supplement by Unicode's Equivalent_Unified_Ideograph and nothing else:
a compatibility normalisation would also turn ① into 1 and ㎡ into m2. One character stays one character.
"""

from __future__ import annotations

# U+2E80 to U+2EF3; a full stop where Unicode names no equivalent or the place is empty.
_SUPPLEMENT = (
    ".厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵.旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹"
    "虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# U+2F00 to U+2FD5. One place is not Unicode's: ⼾ stands for 户, whose glyph mainland fonts give it, not for the other form.
_KANGXI = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日"
    "曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行"
    "衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)
_FIRST_SUPPLEMENT, _FIRST_KANGXI = 0x2E80, 0x2F00


def _table() -> dict[int, str]:
    pairs = [*enumerate(_SUPPLEMENT, _FIRST_SUPPLEMENT), *enumerate(_KANGXI, _FIRST_KANGXI)]
    return {code: character for code, character in pairs if character != "."}


_TABLE = _table()


def repair(text: str) -> str:
    """`text` with every radical of the two blocks as the character it stands for; its length does not change."""
    return text if text.isascii() else text.translate(_TABLE)
