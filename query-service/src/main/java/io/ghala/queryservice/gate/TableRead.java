package io.ghala.queryservice.gate;

import io.ghala.model.TableName;
import java.util.Optional;

/** A table as a statement names it; no table where the name is none that a table can have, or leads elsewhere. */
record TableRead(String written, Optional<TableName> table) {}
