package dev.x402.siwx;

import dev.x402.spec.Json;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** A client with a key for its session. */
final class Bound {
    private final Shop shop;
    private final KeyPair keys;

    Bound(Shop shop) {
        this.shop = shop;
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String resource() {
        return HolderKey.resource(keys.getPublic());
    }

    /** Signs in as Alice, naming the key. */
    String signIn() {
        SignInMessage asked = shop.message(World.BASE, Shop.ALICE);
        List<String> resources = new ArrayList<>(asked.resources());
        resources.add(resource());
        SignInMessage message = new SignInMessage(
                asked.domain(),
                asked.network(),
                asked.address(),
                asked.statement(),
                asked.uri(),
                asked.version(),
                asked.nonce(),
                asked.issuedAt(),
                asked.expirationTime(),
                null,
                null,
                resources);
        Json proof = shop.proof(message, Shop.ALICE);
        return Shop.token(shop.enter(Shop.header(proof)));
    }

    String shown(String token, String url) {
        String millis = Long.toString(shop.world.clock.millis());
        return token + "." + millis + "." + HolderKey.sign(keys.getPrivate(), Sessions.challenge(token, url, millis));
    }
}
