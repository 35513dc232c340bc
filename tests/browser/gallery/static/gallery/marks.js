/**
 * Paints the gallery's marks as the reader does, so that their colours and lines can be looked at and measured.
 */
const doc = document.querySelector(".doc");

function mark(name, words, from = 0) {
  for (const block of doc.querySelectorAll(".block")) {
    const at = block.textContent.indexOf(words, from);
    if (at < 0) continue;
    const range = new StaticRange({ startContainer: block.firstChild, startOffset: at, endContainer: block.firstChild, endOffset: at + words.length });
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
    CSS.highlights.get(name).add(range);
    return;
  }
}

mark("tint-blue", "中國政府倡議成立世界人工智能合作組織");
mark("line-claim", "中國政府倡議成立世界人工智能合作組織");
mark("line-proposal", "中國政府倡議成立世界人工智能合作組織");
mark("tint-green", "當下的技術正以前所未有的速度發展");
mark("line-suggestion", "各方都需要一個能夠共同討論的場所");
mark("tint-violet", "建議建立全球統一技術安全評測標準");
mark("line-proposal", "建議建立全球統一技術安全評測標準");
mark("focus", "建議建立全球統一技術安全評測標準");
mark("line-proposal", "推動安全技術共享普惠");
mark("line-claim", "算力的集中使少數國家掌握了定價權");
mark("tint-amber", "算力的集中使少數國家掌握了定價權");
mark("depth2", "少數國家");
mark("tint-red", "233 incidents in 2024");
mark("line-claim", "an increase of 56.4 per cent over the year before");
mark("search", "人工智能或成為富者的遊戲");

const block = doc.querySelectorAll(".block")[6].getBoundingClientRect();
const bar = document.querySelector(".tagbar").style;
bar.setProperty("left", `${Math.min(block.left, innerWidth - document.querySelector(".tagbar").offsetWidth - 8)}px`);
bar.setProperty("top", `${block.bottom + scrollY}px`);
