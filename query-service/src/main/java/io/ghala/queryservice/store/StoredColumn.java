package io.ghala.queryservice.store;

import io.ghala.model.Column;

/** A column of a loaded table: {@code stored} is its name in DuckDB, which outlives a change of the shown name. */
record StoredColumn(String stored, Column column) {}
