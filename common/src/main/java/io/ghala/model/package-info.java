/**
 * The words of the domain as types: names, identifiers, versions and the closed set of column types. Every type checks
 * itself when it is made, so that code that holds one need not ask again.
 */
@NullMarked
package io.ghala.model;

import org.jspecify.annotations.NullMarked;
