"""Database backend for SQLite: Django's own, with durable settings and one fair queue for all writers.

SQLite lets one writer in at a time and leaves the order of those who wait to chance: under eight writers the unlucky
wait for seconds. Here a writer stands in line before it asks SQLite: `fifo.py` is the line within a process,
`turns.py` the one between processes, `lock.py` joins them, `connection.py` takes and gives back the place in line,
`base.py` is what Django loads.
"""
