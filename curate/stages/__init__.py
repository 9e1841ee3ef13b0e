"""The stages, one verb a file, in flow order; `REGISTRY` names where each stands."""

REGISTRY = (
    ("list", "curate.stages.list:list_sources"),
    ("split", "curate.stages.split:split"),
    ("parse", "curate.stages.parse:parse"),
    ("identify", "curate.stages.identify:identify"),
    ("scan", "curate.stages.scan:scan"),
    ("find_pii", "curate.stages.find_pii:find_pii"),
    ("sign", "curate.stages.sign:sign"),
    ("compare", "curate.stages.compare:compare"),
    ("dedup", "curate.stages.dedup:dedup"),
    ("admit", "curate.stages.admit:admit"),
    ("edit", "curate.stages.edit:edit"),
    ("chunk", "curate.stages.chunk:chunk"),
    ("mine", "curate.stages.mine:mine"),
    ("mine_threads", "curate.stages.mine:mine_threads"),
    ("judge", "curate.stages.judge:judge"),
    ("verify_chunks", "curate.stages.verify:verify_chunks"),
    ("verify_drafts", "curate.stages.verify:verify_drafts"),
    ("choose", "curate.stages.choose:choose"),
    ("assign", "curate.stages.assign:assign"),
    ("separate", "curate.stages.separate:separate"),
)
