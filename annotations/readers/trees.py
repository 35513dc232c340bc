"""XML and HTML of strangers turned into lxml trees: no DTD, no entities, no network, no endless nesting."""

import re
from xml.parsers import expat

from lxml import etree, html

from annotations.readers import limits
from annotations.readers.problems import unreadable

_INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE[^<>\[]*\[", re.I)


class _Doctype(Exception):
    """Raised out of expat: the document has a DTD."""


class _Content(Exception):
    """Raised out of expat: the first element begins, so no DTD can follow."""


def refuse_dtd(data: bytes, filename: str) -> None:
    """Raise Unreadable when this XML has a DTD, whatever its encoding;"""

    def doctype(*_: object) -> None:
        raise _Doctype

    def content(*_: object) -> None:
        raise _Content

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = content
    try:
        parser.Parse(data, True)
    except _Doctype as error:
        raise unreadable("dtd", filename) from error
    except (_Content, expat.ExpatError):
        return  # damage is for the real parser to report


def parse_xml(data: bytes, filename: str, label: str) -> etree._Element:
    """The root of an XML part of a container. Unreadable when it is broken, has a DTD or is nested too deeply."""
    refuse_dtd(data, filename)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "xcessive depth" in str(error):
            raise unreadable("deep", filename, limit=limits.MAX_DEPTH) from error
        raise unreadable("broken", filename, format=label) from error


def parse_html(text: str, filename: str) -> etree._Element:
    """The root of a page; HTML is never "broken", but declarations of its own (entities) and deep nesting are refused.

    libxml2 leaves out, without a word, what is nested more than 256 levels deep: hence the check of its log.
    """
    data = text.encode("utf-8", errors="replace")
    if _INTERNAL_SUBSET.search(data[:65_536]):
        raise unreadable("dtd", filename)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except etree.ParserError as error:  # nothing in it
        raise unreadable("blank", filename) from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise unreadable("deep", filename, limit=limits.MAX_DEPTH)
    return root
