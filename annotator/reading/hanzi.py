"""Which characters speak for a text having been decoded rightly: data for `reading.encoding`.

Frequent characters in both scripts: a wrong codec also yields hanzi, but rarely these. Whole
plains such as "all of GB2312 level 1" would not do, because GB18030 read as Big5 falls into
Big5's frequent plain again and again.
"""

from __future__ import annotations

_SIMPLIFIED = """
的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行
学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然
前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无
系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组
见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府研即保造海类据规议治共领导务镇街乡村县市省局委办
院检察司审监督执服群众企增落推深入贯彻精神认真坚持全责职履案宣传教育安疫防控改革优商境评效绩项目投万亿元约近报告
计划措施成绩存问题不足安排主要情况健强化完善组织开展培训调解矛盾纠纷律师援助政策信息公布来源期打印本网首页
六七八百千名户场次率达比较长增幅标准规范行政许可处罚强决定书面申请受窗口便利居民住房学校医养老扶贫困环保护
"""
_TRADITIONAL = """
這為個國時來們會發動過說產種後學經進著電裡現實兩體機當點從業開還應義間樣與關線內數麼氣變條沒結解問無系軍
題黨員總設長頭資邊統較將組見計別論運農幾區強則處據類規議領導務鎮鄉縣辦檢審監執眾增貫徹認堅責職屬傳難優評績項
萬億約報劃措況織訓調紛師證訊佈頁戶場準範許罰決書請網續齡護環貧養醫樓廣東灣圖確並極遠離歷創臺灣壓階權際團隊節營
單復華專級紀錄適濟觀聯參視圍劇導專業標榮連遷選陽陸雜雙雖離難雲響頂須預頻顯風飛館驗
"""
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～　％０１２３４５６７８９．－")
COMMON = frozenset((_SIMPLIFIED + _TRADITIONAL).replace("\n", ""))
