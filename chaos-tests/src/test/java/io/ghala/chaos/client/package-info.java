/**
 * Those who use the stack during a run and write down what they did and saw: writers, readers, people with files,
 * watchers.
 */
@NullMarked
package io.ghala.chaos.client;

import org.jspecify.annotations.NullMarked;
