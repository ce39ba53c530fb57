package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.exact.svm.Judge.Judgement;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spi.Payment;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever arrives, there is a transaction or the one typed refusal; the seeds are named. */
class DecoderFuzzTest {
    private static final int SEED = 402;
    private static final List<Vectors.Transaction> HONEST = Vectors.transactions();

    @Test
    void random_bytes_are_refused_and_nothing_else_is_thrown() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(1_300)];
            random.nextBytes(bytes);
            parse(bytes, i);
        }
    }

    @Test
    void honest_bytes_with_some_changed_are_refused_or_read_as_they_are() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = HONEST.get(i % HONEST.size()).bytes();
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes; change++) {
                bytes = changed(bytes, random);
            }
            Optional<WireTransaction> transaction = parse(bytes, i);
            if (transaction.isPresent()) {
                read++;
                judgeable(transaction.get());
                assertArrayEquals(bytes, transaction.get().toBytes(), "round " + i);
            }
        }
        assertTrue(read > 50_000, "read only " + read);
    }

    /** A forger has one bit of an honest payment, and no key. */
    @Test
    void no_bit_flip_of_an_honest_payment_is_accepted_with_another_meaning() {
        Offline sides = new Offline();
        Payment honest = Offline.payment(
                sides.offer(10_000), Vectors.transaction("version 0").transaction());
        Judgement.Sound right = (Judgement.Sound) sides.judge.judge(honest);
        byte[] bytes = Vectors.transaction("version 0").bytes();
        int accepted = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Payment forged =
                    Offline.payment(honest.requirements(), Base64.getEncoder().encodeToString(flipped));
            if (sides.judge.judge(forged) instanceof Judgement.Sound sound) {
                accepted++;
                assertEquals(right.shape(), sound.shape(), "bit " + bit);
                assertEquals(sides.scheme.key(honest), sides.scheme.key(forged), "bit " + bit);
            }
        }
        assertEquals(8 * 64, accepted); // the empty place of the fee payer's signature, which is nobody's yet
    }

    /** A payer may sign what he likes: whatever is accepted still pays the offer. */
    @Test
    void no_bit_flip_that_the_payer_signs_again_is_accepted_but_for_cost_life_and_notes() {
        Offline sides = new Offline();
        Payment honest = Offline.payment(
                sides.offer(10_000), Vectors.transaction("version 0").transaction());
        TransferShape right = Judge.trusted(honest).shape();
        byte[] message = Judge.trusted(honest).transaction().message().bytes();
        Draft draft = Draft.of(honest, Keys.PAYER);
        int accepted = 0;
        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Payment forged;
            try {
                forged = draft.payment(draft.signed(Message.parse(flipped, 0)));
            } catch (MalformedMessageException malformed) {
                continue;
            }
            if (sides.judge.judge(forged) instanceof Judgement.Sound sound) {
                accepted++;
                TransferShape shape = sound.shape();
                assertEquals(right.feePayer(), shape.feePayer(), "bit " + bit);
                assertEquals(right.authority(), shape.authority(), "bit " + bit);
                assertEquals(right.destination(), shape.destination(), "bit " + bit);
                assertEquals(right.mint(), shape.mint(), "bit " + bit);
                assertEquals(right.tokenProgram(), shape.tokenProgram(), "bit " + bit);
                assertEquals(right.amount(), shape.amount(), "bit " + bit);
                assertEquals(right.decimals(), shape.decimals(), "bit " + bit);
                assertNotEquals(sides.scheme.key(honest), sides.scheme.key(forged), "bit " + bit);
            }
        }
        assertTrue(accepted > 256, "accepted only " + accepted);
    }

    private static Optional<WireTransaction> parse(byte[] bytes, int round) {
        try {
            return Optional.of(WireTransaction.parse(bytes));
        } catch (MalformedMessageException refused) {
            assertEquals("/payload/transaction", refused.pointer(), "round " + round);
            return Optional.empty();
        }
    }

    private static void judgeable(WireTransaction transaction) {
        Message message = transaction.message();
        Grammar.refusal(message, message.account(0), new FeePayers(Set.of(message.account(0)), Limits.DEFAULT), "memo");
    }

    private static byte[] changed(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt();
            case 2 -> changed = Arrays.copyOf(changed, at);
            case 3 -> {
                byte[] more = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, more, 0, at);
                more[at] = (byte) random.nextInt();
                System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
                changed = more;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, changed, at, length);
            }
        }
        return changed;
    }
}
