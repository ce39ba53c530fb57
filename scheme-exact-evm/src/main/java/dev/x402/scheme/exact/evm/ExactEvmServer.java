package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.time.Instant;
import java.util.Optional;

/** The payee's side: adds the token's EIP-712 name and version, and refuses offers that nobody could pay. */
final class ExactEvmServer implements SchemeServer {
    private final Judge judge;

    ExactEvmServer(SchemeContext context) {
        judge = new Judge(context, new BouncyCastleRecovery());
    }

    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        Judge.terms(draft).ifPresent(refused -> {
            throw new IllegalArgumentException(refused.why().message());
        });
        spelling("payTo", draft.payTo());
        spelling("asset", draft.asset());
        Optional<Token> token = judge.token(draft);
        Json.Obj extra = draft.extraOrEmpty();
        if (token.isEmpty()
                && !(extra.text(Token.NAME).isPresent()
                        && extra.text(Token.VERSION).isPresent())) {
            throw new IllegalArgumentException("asset: expected a token of EIP-3009 that is registered on "
                    + draft.network() + ", saw " + draft.asset() + "; add an AssetSource that names it");
        }
        if (token.isPresent()) {
            extra = added(extra, Token.NAME, token.get().name());
            extra = added(extra, Token.VERSION, token.get().version());
        }
        return draft.withExtra(extra);
    }

    private static Json.Obj added(Json.Obj extra, String member, String known) {
        Optional<Json> given = extra.find(member);
        if (given.isPresent() && !given.get().equals(Json.of(known))) {
            throw new IllegalArgumentException(
                    "extra." + member + ": expected " + known + ", as the asset is registered, saw another");
        }
        return given.isPresent() ? extra : extra.with(member, known);
    }

    private static void spelling(String member, String address) {
        if (!Address.isWellSpelled(address)) {
            throw new IllegalArgumentException(
                    member + ": expected the checksum of EIP-55 or one case, saw " + address + "; it may be mistyped");
        }
    }
}
