/**
 * Checks a table against its folder: reads and folds all files anew by code of its own, and compares with the snapshot
 * in Redis and with the Parquet file. Start reading at {@link io.ghala.refresher.verify.VerifyTable}.
 */
@NullMarked
package io.ghala.refresher.verify;

import org.jspecify.annotations.NullMarked;
