/** The same over HTTP, and writes. */
@NullMarked
package io.ghala.queryservice.http;

import org.jspecify.annotations.NullMarked;
