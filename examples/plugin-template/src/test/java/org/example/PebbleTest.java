// snippet: file
package org.example;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every rule of the kit, each a test of its own. */
class PebbleTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new PebbleFixture(new Books(env.clock()));
    }

    /** What the kit must know of Pebble. */
    record PebbleFixture(Books books) implements SchemeFixture, RailControl {
        @Override
        public PaymentScheme scheme() {
            return new PebbleScheme();
        }

        @Override
        public <T> Optional<T> port(Class<T> type) {
            PebblePurse purse = new PebblePurse() {
                @Override
                public String account() {
                    return payer();
                }

                @Override
                public String sign(String text) {
                    return Books.sign(payer(), text);
                }
            };
            return List.of(purse, books).stream().filter(type::isInstance).map(type::cast).findFirst();
        }

        @Override
        public PaymentRequirements offer() {
            Kind kind = new Kind("exact", Pebble.BEACH);
            return PaymentRequirements.of(kind, AtomicAmount.of(250), "shell", "payee", 60, Json.Obj.EMPTY);
        }

        @Override
        public String payer() {
            return "payer";
        }

        @Override
        public String stranger() {
            return "stranger";
        }

        @Override
        public AtomicAmount balance(String account) {
            return books.balance(account);
        }

        @Override
        public void fund(String account, AtomicAmount amount) {
            books.give(account, amount);
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(
                    Capability.CLIENT,
                    Capability.SERVER,
                    Capability.FACILITATOR,
                    Capability.FULL_AMOUNT,
                    Capability.KNOWN_BALANCE,
                    Capability.EXPIRES,
                    Capability.HOLDS,
                    Capability.DROPS,
                    Capability.STRANGERS,
                    Capability.LOST_ANSWERS,
                    Capability.OUTAGES);
        }

        @Override
        public Collection<Rail> rails() {
            return List.of(new Pebble());
        }

        @Override
        public Collection<Asset> assets() {
            return new Pebble().assets();
        }

        @Override
        public RailControl rail() {
            return this;
        }

        @Override
        public void hold() {
            books.hold(true);
        }

        @Override
        public void release() {
            books.hold(false);
        }

        @Override
        public void drop() {
            books.drop();
        }

        @Override
        public void strangerSettles(Payment payment) {
            books.book(Order.of(payment));
        }

        @Override
        public void loseNextAnswer() {
            books.silence();
        }

        @Override
        public void outage(boolean on) {
            books.close(on);
        }
    }
}
// end: file
