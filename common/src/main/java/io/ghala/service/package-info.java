/**
 * What every service shares: the launch from settings to exit code, loops of work, health, readiness and metrics over
 * HTTP.
 */
@NullMarked
package io.ghala.service;

import org.jspecify.annotations.NullMarked;
