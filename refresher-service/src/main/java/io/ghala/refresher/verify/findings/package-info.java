/** What a verification tells: differences, the verdict, how far it is. */
@NullMarked
package io.ghala.refresher.verify.findings;

import org.jspecify.annotations.NullMarked;
