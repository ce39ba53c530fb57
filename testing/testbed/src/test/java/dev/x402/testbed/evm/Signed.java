package dev.x402.testbed.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/** A message to the dollar, signed over EIP-712 by an independent library. */
record Signed(List<Type<?>> members, byte[] r, byte[] s, int v) {

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final String AUTHORIZATION_MEMBERS = member("from", "address")
            + "," + member("to", "address")
            + "," + member("value", "uint256")
            + "," + member("validAfter", "uint256")
            + "," + member("validBefore", "uint256")
            + "," + member("nonce", "bytes32");

    static Authorization authorization(String kind) {
        return new Authorization(
                kind,
                DevAccounts.payer().address(),
                DevAccounts.PAYEE.address(),
                BigInteger.valueOf(10_000),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1L << 40),
                nonce("the first nonce"));
    }

    static String nonce(String seed) {
        return Numeric.toHexString(Hash.sha3(seed.getBytes(UTF_8)));
    }

    static Signed permit(DevAccount signer, String owner, String spender, BigInteger value, long nonce, long deadline) {
        String types = "\"Permit\":[" + member("owner", "address") + "," + member("spender", "address") + ","
                + member("value", "uint256") + "," + member("nonce", "uint256") + "," + member("deadline", "uint256")
                + "]";
        String message = "{\"owner\":\"%s\",\"spender\":\"%s\",\"value\":\"%d\",\"nonce\":\"%d\",\"deadline\":\"%d\"}"
                .formatted(owner, spender, value, nonce, deadline);
        List<Type<?>> members =
                List.of(new Address(owner), new Address(spender), new Uint256(value), new Uint256(deadline));
        return sign(signer, members, "Permit", types, message);
    }

    static Signed cancellation(DevAccount signer, String nonce) {
        String types =
                "\"CancelAuthorization\":[" + member("authorizer", "address") + "," + member("nonce", "bytes32") + "]";
        String message = "{\"authorizer\":\"%s\",\"nonce\":\"%s\"}".formatted(signer.address(), nonce);
        List<Type<?>> members =
                List.of(new Address(signer.address()), new Bytes32(Numeric.hexStringToByteArray(nonce)));
        return sign(signer, members, "CancelAuthorization", types, message);
    }

    record Authorization(
            String kind, String from, String to, BigInteger value, Instant after, Instant before, String nonce) {

        Authorization from(String other) {
            return new Authorization(kind, other, to, value, after, before, nonce);
        }

        Authorization worth(BigInteger other) {
            return new Authorization(kind, from, to, other, after, before, nonce);
        }

        Authorization between(Instant newAfter, Instant newBefore) {
            return new Authorization(kind, from, to, value, newAfter, newBefore, nonce);
        }

        Signed by(DevAccount signer) {
            String types = "\"" + kind + "\":[" + AUTHORIZATION_MEMBERS + "]";
            String message =
                    ("{\"from\":\"%s\",\"to\":\"%s\",\"value\":\"%d\",\"validAfter\":\"%d\",\"validBefore\":\"%d\","
                                    + "\"nonce\":\"%s\"}")
                            .formatted(from, to, value, after.getEpochSecond(), before.getEpochSecond(), nonce);
            List<Type<?>> members = List.of(
                    new Address(from),
                    new Address(to),
                    new Uint256(value),
                    new Uint256(after.getEpochSecond()),
                    new Uint256(before.getEpochSecond()),
                    new Bytes32(Numeric.hexStringToByteArray(nonce)));
            return sign(signer, members, kind, types, message);
        }
    }

    /** The same signature with the other root, which only a careless contract accepts. */
    Signed withHighS() {
        BigInteger high = ORDER.subtract(new BigInteger(1, s));
        return new Signed(members, r, Numeric.toBytesPadded(high, 32), v == 27 ? 28 : 27);
    }

    Signed withV(int other) {
        return new Signed(members, r, s, other);
    }

    /** Call data of the overload that takes v, r and s. */
    String split(String function) {
        List<Type<?>> parameters = new ArrayList<>(members);
        parameters.add(new Uint8(v));
        parameters.add(new Bytes32(r));
        parameters.add(new Bytes32(s));
        return encode(function, parameters);
    }

    /** Call data of the overload that takes the signature as bytes. */
    String joined(String function) {
        byte[] signature = new byte[65];
        System.arraycopy(r, 0, signature, 0, 32);
        System.arraycopy(s, 0, signature, 32, 32);
        signature[64] = (byte) v;
        return joined(function, signature);
    }

    String joined(String function, byte[] signature) {
        List<Type<?>> parameters = new ArrayList<>(members);
        parameters.add(new DynamicBytes(signature));
        return encode(function, parameters);
    }

    private static String encode(String function, List<Type<?>> parameters) {
        @SuppressWarnings("rawtypes")
        List<Type> untyped = new ArrayList<>(parameters);
        return FunctionEncoder.encode(new Function(function, untyped, List.of()));
    }

    private static Signed sign(DevAccount signer, List<Type<?>> members, String kind, String types, String message) {
        String json = ("{\"types\":{\"EIP712Domain\":[%s,%s,%s,%s],%s},\"primaryType\":\"%s\","
                        + "\"domain\":{\"name\":\"%s\",\"version\":\"%s\",\"chainId\":%d,\"verifyingContract\":\"%s\"},"
                        + "\"message\":%s}")
                .formatted(
                        member("name", "string"),
                        member("version", "string"),
                        member("chainId", "uint256"),
                        member("verifyingContract", "address"),
                        types,
                        kind,
                        TestDollar.NAME,
                        TestDollar.VERSION,
                        EvmNode.CHAIN_ID,
                        TestDollar.ADDRESS,
                        message);
        try {
            byte[] digest = new StructuredDataEncoder(json).hashStructuredData();
            Sign.SignatureData signature = Sign.signMessage(
                    digest, Credentials.create(signer.privateKey()).getEcKeyPair(), false);
            return new Signed(
                    members, signature.getR(), signature.getS(), signature.getV()[0]);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static String member(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\"}";
    }
}
