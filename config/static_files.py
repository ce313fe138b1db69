"""Static files under names that change with their content, so that browsers may keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Script modules import one another by name; those names are changed too."""

    support_js_module_import_aggregation = True
