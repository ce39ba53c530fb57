package dev.x402.core.seller;

import java.util.Optional;

/** One step of a walk before the work: answers the request, or lets it go on; throwing stops the payment. */
@FunctionalInterface
interface Step {
    /** Empty: go on with the next step. */
    Optional<Decision> take(Walk walk);
}
