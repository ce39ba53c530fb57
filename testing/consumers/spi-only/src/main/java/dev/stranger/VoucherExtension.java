package dev.stranger;

import com.google.auto.service.AutoService;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An extension of a stranger: a voucher lets its bearer in once, instead of a payment. */
// snippet: extension
@AutoService(PaymentExtension.class)
public final class VoucherExtension implements PaymentExtension {
    private static final String SPACE = "vouchers";

    /** Gives a voucher out; false: there is no room, or the code is taken. */
    public static boolean give(Store store, String code, String bearer, Instant until) {
        Bytes name = Bytes.of(bearer.getBytes(StandardCharsets.UTF_8));
        return store.write(SPACE, code, Optional.empty(), Optional.of(name), until) == Store.Written.DONE;
    }

    @Override
    public String key() {
        return "voucher";
    }

    @Override
    public Optional<ServerSide> server(Context context) {
        return context.port(Store.class).map(store -> new Vouchers(store, context));
    }

    private record Vouchers(Store store, Context context) implements ServerSide {
        @Override
        public Optional<Json> declare(Visit visit, List<PaymentRequirements> offers) {
            return Optional.of(Json.Obj.EMPTY.with("info", Json.Obj.EMPTY.with("header", "Voucher")));
        }

        @Override
        public Set<String> proofs() {
            return Set.of("Voucher");
        }

        @Override
        public Access enter(Visit visit) {
            String code = visit.proofs().getOrDefault("Voucher", "");
            Optional<Bytes> bearer = code.length() > 64 ? Optional.empty() : store.find(SPACE, code);
            boolean taken = bearer.isPresent()
                    && store.write(SPACE, code, bearer, Optional.empty(), Instant.EPOCH) == Store.Written.DONE;
            if (!taken) {
                return new Access.Denied(
                        new ErrorCode("voucher_unknown"), "Voucher: expected one that is not used, saw none", Map.of());
            }
            String name = new String(bearer.get().toArray(), StandardCharsets.UTF_8);
            return new Access.Granted(new PaymentKey("voucher/" + name), name, Map.of(), served -> {
                if (!served) {
                    give(store, code, name, context.clock().instant().plusSeconds(3600));
                }
            });
        }
    }
}
// end: extension
