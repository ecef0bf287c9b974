/** The settings of one table, from the service and from the folder itself. */
@NullMarked
package io.ghala.refresher.settings;

import org.jspecify.annotations.NullMarked;
