package dev.x402.identifier;

import dev.x402.spec.PaymentPayload;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Visit;

/**
 * The digest of one payment for one request.
 *
 * <p>Of the payment it holds the kind and the whole proof, whatever the order of its members; not what payers only
 * repeat, such as the offer's changing members.
 */
record Fingerprint(Bytes bytes) {
    static Fingerprint of(Visit visit, PaymentPayload payload) {
        return new Fingerprint(new Digest()
                .text(visit.tenant())
                .text(visit.method())
                .text(visit.route())
                .text(visit.target())
                .text(visit.bodyDigest())
                .text(payload.accepted().scheme())
                .text(payload.accepted().network().toString())
                .json(payload.payload())
                .bytes());
    }
}
