/**
 * What stands in front of every route of every service: who may ask, how long and how much, and by which id an answer
 * is known.
 */
@NullMarked
package io.ghala.web;

import org.jspecify.annotations.NullMarked;
