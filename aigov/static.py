"""Static files with content hashes in their names: pages may be cached never, files for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports between our ES modules to the hashed names."""

    support_js_module_import_aggregation = True
