"""Static files with content hashes in their names: pages may be cached never, files for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_, MODULE_PATTERNS = ManifestStaticFilesStorage._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports between our own ES modules to the hashed names.

    Only ours: files of other packages show imports in their comments that exist nowhere. Django's patterns want the
    semicolon: `import {a} from "./b.js";`.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 20  # a name changes with the names inside: one pass for each level of imports at worst
    _js_module_import_aggregation_patterns = ("annotations/*.js", MODULE_PATTERNS)
