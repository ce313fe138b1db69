"""stub"""


def rows():
    return iter(())
