"""What leaves the API about watches and webhooks; in the documentation with the other components."""

from annotations.api.schema.notation import obj, one_of
from annotations.rules import vocabulary as v

WATCHED = obj(id="int", label="str")
WATCH = obj(
    "Of whoever asks: a search, or a statement whose repeats are told. `texts`: in how many it found something. "
    "`outside`: the webhooks are told, too.",
    id="int", uid="uuid", version="int", name="str", query="str", statement="Watched?", outside="bool", texts="int",
    created_at="time",
)  # fmt: skip
WATCH_DOCUMENT = obj(id="int", title="str")
WATCH_HIT = obj(
    "What a watch found in one text: sentences of a search, or passages that repeat a statement; where the first "
    "stands, in code points of the clean text.",
    id="int", document="WatchDocument", text_version="int", count="int", clean_start="int", clean_end="int", at="time",
)  # fmt: skip
WEBHOOK = obj(
    "An address that is told what watches find. `secret` is told once, in the answer to the POST. `failures`: tries "
    "that failed since one was taken; `stopped_at`: it was switched off because of them.",
    id="int", uid="uuid", version="int", site="str", note="str", active="bool", failures="int", stopped_at="time?",
    created_at="time", secret_opt="str",
)  # fmt: skip
DELIVERY = obj(
    "A message to a webhook; `uid` is its webhook-id, `status` what the address answered last.",
    id="int", uid="uuid", topic="str", state=one_of(v.DELIVERY_STATES), tries="int", status="int?", next_at="time?",
    created_at="time", ended_at="time?",
)  # fmt: skip
