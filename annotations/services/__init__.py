"""The verbs: the only writers. Each takes an open Op (who, where, under which key); op.writing() commits change and
history in one."""
