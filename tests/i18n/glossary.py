"""The binding words (UX.md 3) as a table, and words that must not stand in a catalogue."""

from __future__ import annotations

TABLE = """
Corpus | 语料库 | 語料庫
Documents | 文档 | 文件
Passages | 文段 | 文段
Note | 备注 | 備註
Comment | 评论 | 留言
Tag | 标签 | 標籤
Codebook | 编码手册 | 編碼手冊
Statement | 陈述 | 陳述
Highlight | 划线 | 劃線
Claim | 论断 | 論斷
Proposal | 提议 | 提議
Variant | 变体 | 變體
voice | 引述方式 | 引述方式
the speaker | 发言方 | 發言方
author's attitude | 作者态度 | 作者態度
strength of wording | 语气强度 | 語氣強度
Stands alone | 可独立理解 | 可獨立理解
Triage | 初筛 | 初篩
check-worthiness | 核查价值 | 查核價值
Set aside | 暂不核查 | 暫不查核
Check | 核查 | 查核
stance | 证据指向 | 證據指向
Source | 来源 | 來源
Snapshot | 存档快照 | 存檔快照
verdict | 核查结论 | 查核結論
flag | 问题类型 | 問題類型
Review | 复核 | 複核
Blind verdict | 盲评结论 | 盲評結論
Publish | 发布 | 發布
Pause | 暂停展示 | 暫停顯示
Withdraw | 撤回 | 撤回
Correction | 更正 | 更正
progress | 进展 | 進展
Milestones | 里程碑 | 里程碑
Proposer | 提出方 | 提出方
Actor | 执行方 | 執行方
Addressee | 对象 | 對象
mechanism | 机制 | 機制
instrument | 政策工具 | 政策工具
type of agent | 主体类型 | 主體類型
relation | 关联 | 關聯
Tracker | 追踪表 | 追蹤表
repair | 修复 | 修復
Export | 导出 | 匯出
Import | 导入 | 匯入
Viewer | 查看者 | 檢視者
Annotator | 标注员 | 標註員
Checker | 核查员 | 查核員
Reviewer | 复核员 | 複核員
Editor | 编辑 | 編輯
Admin | 管理员 | 管理員
Untriaged | 待初筛 | 待初篩
Queued | 待核查 | 待查核
Checking | 核查中 | 查核中
In review | 复核中 | 複核中
Changes requested | 退回修改 | 退回修改
Approved | 复核通过 | 複核通過
Published | 已发布 | 已發布
Paused | 暂停展示 | 暫停顯示
Withdrawn | 已撤回 | 已撤回
Tracked | 追踪中 | 追蹤中
Not tracked | 不予追踪 | 不予追蹤
Supported | 成立 | 成立
Mostly supported | 大体成立 | 大致成立
Mixed | 部分成立 | 部分成立
Conflicting evidence | 证据冲突 | 證據衝突
Refuted | 不成立 | 不成立
Not enough evidence | 证据不足 | 證據不足
Supports | 支持 | 支持
Refutes | 反驳 | 反駁
Context | 背景 | 背景
Not yet rated | 尚未评定 | 尚未評定
In the works | 推进中 | 推進中
Adopted | 已采纳 | 已採納
Implemented | 已落实 | 已落實
Partly implemented | 部分落实 | 部分落實
Stalled | 停滞 | 停滯
Rejected or dropped | 已终止 | 已終止
Superseded | 已被取代 | 已被取代
Not trackable | 不可追踪 | 不可追蹤
Author's own words | 作者自述 | 作者自述
Direct quotation | 直接引语 | 直接引語
Indirect | 间接转述 | 間接轉述
Stated in a document | 文件所载 | 文件所載
Unnamed sources | 泛指来源 | 泛指來源
Restated without source | 未注明复述 | 未註明複述
"""

#: English label -> simplified, traditional.
WORDS: dict[str, tuple[str, str]] = {
    english: (hans, hant) for english, hans, hant in (line.split(" | ") for line in TABLE.strip().splitlines())
}

#: Words of the other side of the strait, or that judge where we do not.
AVOIDED = {
    "zh_Hans": "属实 虚假 声明者 分诊 搁置".split(),
    "zh_Hant": (
        "屬實 虛假 核查 導出 導入 數據庫 服務器 登錄 賬號 信息 默認 鏈接 "
        "保存 粘貼 視頻 字符 智能 軟件 分診 搜索 用戶 “ ”"
    ).split(),
}
