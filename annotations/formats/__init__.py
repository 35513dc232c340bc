"""Records to and from files: one module per export format, one FORMATS table, each with its loss report.

Reading what others wrote: `dump_read`, `web_annotation_read`, `spreadsheet` and `spreadsheet_plan`.
"""

from collections.abc import Mapping

from annotations.formats import csv_table, dump, jsonl, web_annotation, xlsx
from annotations.formats.base import Format

#: The export formats by the name that programs use, in the order in which people are shown them.
FORMATS: Mapping[str, Format] = {
    each.FORMAT.name: each.FORMAT for each in (csv_table, xlsx, dump, jsonl, web_annotation)
}
