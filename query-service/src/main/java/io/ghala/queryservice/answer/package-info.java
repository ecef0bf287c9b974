/**
 * The story of one answer: through the gate, until tables are new enough, run, send. Its steps live in packages of
 * their own.
 */
@NullMarked
package io.ghala.queryservice.answer;

import org.jspecify.annotations.NullMarked;
