package obnam.store.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.jspecify.annotations.Nullable;

/// Reads a listing, of either version, item by item. Whatever it holds beside names of objects is passed over.
final class Listing {

    static final String TYPE = "application/vnd.x.restic.rest.v2";

    /// The size of an item that tells none.
    static final long UNKNOWN = -1;

    private final JsonParser parser;
    private final ObjectKind kind;

    private Listing(JsonParser parser, ObjectKind kind) {
        this.parser = parser;
        this.kind = kind;
    }

    /// @param visitor is told of each object, with the size [#UNKNOWN] if the listing has none
    /// @throws JsonParseException if this is no listing; its end may be missing
    /// @throws IOException if it cannot be read
    static void read(InputStream json, ObjectKind kind, Consumer<Item> visitor) throws IOException {
        try (JsonParser parser = Greeting.JSON.createParser(json)) {
            new Listing(parser, kind).read(visitor);
        }
    }

    /// An item of a listing.
    record Item(ObjectName name, long size) {

        ObjectInfo info() {
            return new ObjectInfo(name, size);
        }
    }

    private void read(Consumer<Item> visitor) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.VALUE_NULL) { // what Go makes of an empty list
            return;
        }
        if (first == null) {
            throw endMissing(first);
        }
        if (first != JsonToken.START_ARRAY) {
            throw new JsonParseException(parser, "no array");
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw endMissing(token);
            }
            item(token, visitor);
        }
    }

    private JsonEOFException endMissing(@Nullable JsonToken token) {
        return new JsonEOFException(parser, token, "the end is missing");
    }

    private void item(JsonToken token, Consumer<Item> visitor) throws IOException {
        String name = "";
        long size = UNKNOWN;
        if (token == JsonToken.VALUE_STRING) {
            name = parser.getText();
        } else if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                    name = parser.getText();
                } else if (field.equals("size") && value == JsonToken.VALUE_NUMBER_INT) {
                    size = Math.max(UNKNOWN, parser.getLongValue());
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        if (ObjectName.isHex(name)) {
            visitor.accept(new Item(new ObjectName(kind, name), size));
        }
    }
}
