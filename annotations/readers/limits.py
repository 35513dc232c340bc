"""What one uploaded file may hold; research/reliability.md section 3 "Readers" gives the reasons for the numbers."""

MAX_CHARACTERS = 20_000_000  # code points of the finished text
MAX_PAGES = 2_000  # pages of a PDF
MAX_DEPTH = 256  # nested elements of HTML and XML: libxml2's own limit, below which it silently drops everything
MAX_MEMBERS = 1_000  # files inside a zip container
MAX_UNPACKED = 100 * 1024 * 1024  # bytes of all members together
MAX_RATIO = 200  # unpacked bytes for each packed byte ...
RATIO_FLOOR = 1024 * 1024  # ... of members that unpack to more than this: small ones may well be all zeros
PLAIN_BYTES = 1024 * 1024  # plain text up to this size is read in-process (annotations/sandbox): well under a second
PLAIN_LINES = 20_000  # and not more lines than this, for the same reason
