"""Compares an Arrow stream with a Parquet file: column names, types, and every value in its place."""
import sys

import pyarrow as pa
import pyarrow.parquet as pq


def shape(kind):
    """A type without the names that the two formats give to list elements and map entries."""
    if isinstance(kind, pa.BaseExtensionType):
        return shape(kind.storage_type)
    if pa.types.is_map(kind):
        return ("map", shape(kind.key_type), shape(kind.item_type))
    if pa.types.is_list(kind):
        return ("list", shape(kind.value_type))
    if pa.types.is_struct(kind):
        return ("struct",) + tuple((field.name, shape(field.type)) for field in kind)
    return str(kind)


def values(column):
    """Values as text, so that NaN equals itself; timestamps as numbers, for Python has no nanoseconds."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    return [repr(value) for value in column.to_pylist()]


def main():
    expected = pa.ipc.open_stream(sys.argv[1]).read_all()
    actual = pq.read_table(sys.argv[2], page_checksum_verification=True)
    if expected.column_names != actual.column_names:
        sys.exit(f"columns {expected.column_names} became {actual.column_names}")
    for name in expected.column_names:
        wanted, found = expected.column(name), actual.column(name)
        if shape(wanted.type) != shape(found.type):
            sys.exit(f"column {name}: type {wanted.type} became {found.type}")
        wanted, found = values(wanted), values(found)
        if len(wanted) != len(found):
            sys.exit(f"column {name}: {len(wanted)} values became {len(found)}")
        for row, (before, after) in enumerate(zip(wanted, found)):
            if before != after:
                sys.exit(f"column {name}, row {row}: {before} became {after}")
    print("equal")


main()
