"""What a line must hold for a pattern of `words` to match: single characters, and pairs that stand side by side.

Most lines hold nothing of the kind, and one look at a line tells which patterns are worth trying. A test makes lines out
of every pattern and asks for its calls in them.
"""

from __future__ import annotations

CALLS: dict[str, str] = {
    "META": "19 20 : 原标 参与 回复 字体 收藏 最后 来源 浏览 点赞 评论 跟贴 转发 阅读 ：",
    "SHARE": """+1 AD Ad QQ TO 中 举报 二维 关闭 分享 加入 听新 回到 在看 复制 大 字体 字号 小 广告 微信
        我要 手机 打印 扫一 扫描 扫码 推广 收藏 新浪 朋友 朗读 点击 点赞 纠错 语音 赞 转发 返回 长按 顶部""",
    "AFTER": """24 CO Co RE Re YO Yo cO co rE re yO yo 一周 上一 上下 下一 专题 为你 为您
        今日 他还 作者 全部 关联 其他 参与 友情 发表 同步 同类 图片 大家 小编 延伸 往期 我来 我要 扩展 排行
        推荐 文明 更多 最新 最热 本周 本月 条回 条评 点击 热图 热搜 热文 热点 热评 热门 特别 猜你 用户 登录
        相关 看了 精华 精彩 精选 编辑 网友 视频 评论 说说 跟贴 近期 阅读 随机""",
    "CLOSING": """EN TA TH ta 一审 三审 不代 主编 举报 二审 仅供 以上 作者 侵权 免责 关注 关键 关闭 凡本 凡注
        分享 初审 原文 原标 图片 声明 复审 如需 审核 市场 打印 扫 投稿 投资 收藏 文中 文章 文编 新闻 更多
        未经 本文 本站 本网 来源 标签 校对 欢迎 此文 流程 点击 点赞 版权 特别 监制 稿源 纠错 终审 统筹 编
        美编 联系 责任 责编 转载 返回 郑重 长按 阅读""",
    "FOOT": """AL Al CO Co IC Ic PO Po aL al cO co iC ic pO po © 不良 主办 举报
        公网 关于 分辨 备案 常年 广告 建议 承办 技术 政府 法律 浏览 版权 经营 网安 网站 联系 许可 违法 邮政
        邮编 隐私""",
    "NUMBERED": "( 、 第一 第七 第三 第九 第二 第五 第八 第六 第十 第四 第百 （",
    "CONTACT": "MA Ma mA ma 传真 地址 电话 联系 邮箱 邮编",
    "LEGAL": "oo 不代 不构 会员 侵犯 信息 凡本 凡注 所有 文明 未经 本站 本网 浏览 点击 版权 用户 继续 网友 网络 请自 转载 风险",
    "READERS": "CO Co cO co 吐槽 回复 回答 条评 点评 热评 留言 评论 说两 跟帖 跟贴",
    "UNFOLD": "余下 余文 全文 剩余",
    "CRUMB": "> » › 位置 内容 正文 详情 首页 ＞",
    "WELCOME": "AP Ap EN En aP ap eN en 今天 关怀 客户 您好 手机 无障 欢迎 注册 登录 简体 繁体 繁體 设为 适老 长者",
    "REPLY": "举报 分享 分钟 反对 回复 天前 小时 引用 支持 收藏 查看 楼 用户 秒前 网友 赞 踩 顶",
}
