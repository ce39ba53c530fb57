package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Store.Written;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sessions by opaque tokens of 256 random bits, of which only a digest is kept.
 *
 * <p>Of each account the last 16 live; a list of them ends all at once. A token that is old is replaced by the next
 * answer and stays good for a minute, for what is under way.
 */
final class Sessions {
    /** The header of the token, both ways. */
    static final String HEADER = "SIGN-IN-WITH-X-SESSION";

    static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int MOST = 16;
    private static final int TRIES = 100;
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private final Store store;
    private final Clock clock;
    private final String space;
    private final String accounts;

    private Sessions(Store store, Clock clock, String space, String accounts) {
        this.store = store;
        this.clock = clock;
        this.space = space;
        this.accounts = accounts;
    }

    /** Sessions of those who entered. */
    static Sessions ofPayers(Store store, Clock clock) {
        return new Sessions(store, clock, "siwx-session", "siwx-account");
    }

    /** Sessions of those who bought nothing yet, in a room that a crowd may fill. */
    static Sessions ofGuests(Store store, Clock clock) {
        return new Sessions(store, clock, "siwx-guest", "siwx-guest-account");
    }

    /**
     * A session that a request shows.
     *
     * @param name digest of its token
     * @param stored as it stands in the store
     */
    record Shown(String name, Session session, Bytes stored) {}

    /** A new session; empty when there is no room for one. */
    Optional<String> open(String tenant, SignedIn who, Duration length, Duration rotateAfter, SecureRandom random) {
        Instant now = clock.instant();
        Instant end = now.plus(length);
        return added(new Session(tenant, who, end, now.plus(rotateAfter), false), random);
    }

    /**
     * The session of a header: a token, and for a bound one time and signature after it.
     *
     * @param url that is asked for, at the configured origin
     * @return empty when none lives here
     * @throws Unproven when it has not the form of one, or is not its holder's
     */
    Optional<Shown> find(String tenant, String header, String url) {
        String[] parts = header.length() > 200 ? new String[0] : header.split("\\.", -1);
        if ((parts.length != 1 && parts.length != 3) || !TOKEN.matcher(parts[0]).matches()) {
            throw new Unproven(Codes.SESSION, "session: expected a token of 43 characters, saw another text");
        }
        String name = Fingerprint.of(parts[0]);
        Optional<Bytes> stored = store.find(space, name);
        Instant now = clock.instant();
        Optional<Session> session = stored.map(Session::read)
                .filter(found -> found.tenant().equals(tenant) && found.end().isAfter(now));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        if (session.get().who().key().isPresent()) {
            requireSigned(session.get().who().key().get(), parts, url, now);
        }
        return Optional.of(new Shown(name, session.get(), stored.get()));
    }

    /** What to say where no room has the session. */
    static Unproven unknown() {
        return new Unproven(Codes.SESSION, "session: expected one that lives, saw an unknown or ended one; sign in");
    }

    /** What the holder of a bound session signs. */
    static byte[] challenge(String token, String url, String millis) {
        return Fingerprint.joined("x402 sign-in-with-x session", token, url, millis);
    }

    private static void requireSigned(Bytes key, String[] parts, String url, Instant now) {
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,14}")) {
            throw new Unproven(Codes.SESSION, "session: expected token, time and signature, saw no signature");
        }
        Instant signed = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        if (Duration.between(signed, now).abs().compareTo(TOLERANCE) > 0) {
            throw new Unproven(
                    Codes.SESSION,
                    "session: expected a signature of the last " + TOLERANCE.toSeconds() + " s, saw another time");
        }
        if (!HolderKey.signed(key, challenge(parts[0], url, parts[1]), parts[2])) {
            throw new Unproven(
                    Codes.SESSION, "session: expected a signature of its key over this request, saw another");
        }
    }

    /** The token that replaces one that is old; empty when it is not, or another request replaces it. */
    Optional<String> rotated(Shown shown, Duration rotateAfter, SecureRandom random) {
        Session session = shown.session();
        Instant now = clock.instant();
        if (session.replaced() || session.rotates().isAfter(now)) {
            return Optional.empty();
        }
        return retired(shown) ? added(session.rotatingAt(now.plus(rotateAfter)), random) : Optional.empty();
    }

    /** Lets the token of a session be good for moments only; false where another request did. */
    boolean retired(Shown shown) {
        Instant grace = clock.instant().plus(GRACE);
        Session session = shown.session();
        return !session.replaced()
                && store.write(
                                space,
                                shown.name(),
                                Optional.of(shown.stored()),
                                Optional.of(session.replacedNow().write()),
                                grace.isBefore(session.end()) ? grace : session.end())
                        == Written.DONE;
    }

    void end(String token) {
        if (TOKEN.matcher(token).matches()) {
            remove(Fingerprint.of(token));
        }
    }

    void endAll(String tenant, Network network, String account) {
        String list = list(tenant, network, account);
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> seen = store.find(accounts, list);
            if (seen.isEmpty()) {
                return;
            }
            if (store.write(accounts, list, seen, Optional.empty(), clock.instant()) == Written.DONE) {
                names(seen).forEach(this::remove);
                return;
            }
        }
        throw contended();
    }

    /** Keeps the session before it is listed: one that is listed nowhere is one whose token nobody has. */
    private Optional<String> added(Session session, SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String name = Fingerprint.of(token);
        if (store.write(space, name, Optional.empty(), Optional.of(session.write()), session.end()) != Written.DONE) {
            return Optional.empty();
        }
        if (!listed(session, name)) {
            remove(name);
            return Optional.empty();
        }
        return Optional.of(token);
    }

    private boolean listed(Session session, String name) {
        String list =
                list(session.tenant(), session.who().network(), session.who().account());
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> seen = store.find(accounts, list);
            List<String> names = new ArrayList<>(names(seen));
            names.add(name);
            List<String> over = over(names);
            names.removeAll(over);
            long end = Math.max(end(seen), session.end().toEpochMilli());
            Bytes next = Bytes.of((end + "\n" + String.join("\n", names)).getBytes(StandardCharsets.US_ASCII));
            Written written = store.write(accounts, list, seen, Optional.of(next), Instant.ofEpochMilli(end));
            if (written == Written.DONE) {
                over.forEach(this::remove);
                return true;
            }
            if (written == Written.FULL) {
                return false;
            }
        }
        throw contended();
    }

    /** Those that are too many: first what ended or was replaced, then the oldest. */
    private List<String> over(List<String> names) {
        if (names.size() <= MOST) {
            return List.of();
        }
        List<String> over = new ArrayList<>(names);
        over.removeIf(name -> store.find(space, name)
                .map(Session::read)
                .filter(session -> !session.replaced())
                .isPresent());
        List<String> alive = new ArrayList<>(names);
        alive.removeAll(over);
        over.addAll(alive.subList(0, Math.max(0, alive.size() - MOST)));
        return over;
    }

    private void remove(String name) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> seen = store.find(space, name);
            if (seen.isEmpty() || store.write(space, name, seen, Optional.empty(), clock.instant()) == Written.DONE) {
                return;
            }
        }
        throw contended();
    }

    private static List<String> names(Optional<Bytes> stored) {
        List<String> lines = lines(stored);
        return lines.subList(Math.min(1, lines.size()), lines.size());
    }

    /** When the last session of a list ends; 0 where there is no list. */
    private static long end(Optional<Bytes> stored) {
        return lines(stored).stream().findFirst().map(Long::parseLong).orElse(0L);
    }

    private static List<String> lines(Optional<Bytes> stored) {
        return stored.map(
                        bytes -> Arrays.asList(new String(bytes.toArray(), StandardCharsets.US_ASCII).split("\n", -1)))
                .orElse(List.of());
    }

    private static String list(String tenant, Network network, String account) {
        return Fingerprint.of(tenant, network.namespace(), account);
    }

    private static IllegalStateException contended() {
        return new IllegalStateException(
                "store: expected to change a session, saw others change it " + TRIES + " times meanwhile");
    }
}
