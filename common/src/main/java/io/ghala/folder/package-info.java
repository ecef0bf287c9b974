/** The folder as a contract: which names are data, what op files are called, how ids are encoded in names. */
@NullMarked
package io.ghala.folder;

import org.jspecify.annotations.NullMarked;
