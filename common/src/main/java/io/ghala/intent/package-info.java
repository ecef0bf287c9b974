/**
 * Queued writes: what an intent is, how it is checked before it is queued, and the port to the log that keeps intents
 * until they are applied.
 */
@NullMarked
package io.ghala.intent;

import org.jspecify.annotations.NullMarked;
