/// What holds on every tier of the engine alike (DESIGN.md, law 2): the tiers as tests see them,
/// and tests that run the same guest on each of them.
@NullMarked
package hospes.conformance.tiers;

import org.jspecify.annotations.NullMarked;
