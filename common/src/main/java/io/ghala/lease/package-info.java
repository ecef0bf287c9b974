/**
 * Roles on tables that one process holds at a time, and the renewal of those held. Who may do what with a role is
 * decided where it matters.
 */
@NullMarked
package io.ghala.lease;

import org.jspecify.annotations.NullMarked;
