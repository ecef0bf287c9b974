/** Answers read-only SQL from snapshots in Redis. Start reading at {@link io.ghala.queryservice.answer.AnswerQuery}. */
@NullMarked
package io.ghala.queryservice;

import org.jspecify.annotations.NullMarked;
