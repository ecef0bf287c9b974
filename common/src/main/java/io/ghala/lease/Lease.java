package io.ghala.lease;

import io.ghala.model.TableName;

/**
 * A role on a table that one process holds at a time, known by a random token. Holding it is a claim that Redis checks
 * by equality of the token inside each script that matters; believing to hold it is never enough.
 *
 * @param role for example {@code refresher} or {@code parquet}
 * @param token 32 hexadecimal digits, different for every acquisition
 */
public record Lease(TableName table, String role, String token) {}
