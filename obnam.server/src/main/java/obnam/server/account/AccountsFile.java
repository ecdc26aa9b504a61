package obnam.server.account;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import obnam.api.LocalException;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.server.account.Account.IssuedToken;
import obnam.server.account.Account.Rules;
import obnam.server.repository.RepositoryName;
import obnam.server.repository.StateFiles;
import obnam.server.settings.SettingsFile;

/// The file of accounts, in YAML. Tokens stand in it as hashes, so that reading it lets nobody in.
public final class AccountsFile {

    private static final String HEADING = """
            # Accounts of obnam-server. Change them with: obnam-server account
            """;

    private final Path file;

    /// @param file need not be there yet
    public AccountsFile(Path file) {
        this.file = file;
    }

    /// Where it is.
    public Path path() {
        return file;
    }

    /// Reads it; no accounts if it is not there.
    ///
    /// @throws UsageException if it makes no sense
    public Accounts read() {
        if (!Files.exists(file)) {
            return Accounts.NONE;
        }
        SettingsFile top = SettingsFile.read(file);
        Map<String, Account> accounts = new HashMap<>();
        for (String name : top.keys()) {
            if (!RepositoryName.isName(name)) {
                throw refused(name, "this cannot be the name of an account");
            }
            accounts.put(name, account(name, top.map(name)));
        }
        return new Accounts(accounts);
    }

    private Account account(String name, SettingsFile map) {
        String id = map.required("id");
        if (!id.matches("[0-9a-f]{32}")) {
            throw refused(name + ": id", "this must be 32 hexadecimal digits");
        }
        Rules rules = new Rules(
                map.size("quota").map(OptionalLong::of).orElseGet(OptionalLong::empty),
                map.flag("append-only"),
                map.duration("retention", Duration.ZERO),
                map.duration("undelete", Duration.ZERO));
        SettingsFile tokens = map.map("tokens");
        List<IssuedToken> issued = new ArrayList<>();
        for (String device : tokens.keys()) {
            issued.add(token(device, tokens.map(device)));
        }
        map.requireAllKnown();
        return new Account(name, id, rules, issued);
    }

    private IssuedToken token(String device, SettingsFile map) {
        String hash = map.required("hash");
        if (!ObjectName.isHex(hash)) {
            throw refused(device + ": hash", "this must be 64 hexadecimal digits");
        }
        try {
            IssuedToken token = new IssuedToken(
                    device,
                    map.required("id"),
                    hash,
                    Right.parse(map.required("rights")),
                    Instant.parse(map.required("created")));
            map.requireAllKnown();
            return token;
        } catch (DateTimeParseException e) {
            throw refused(device + ": created", "this must be a time such as 2026-11-23T12:00:00Z");
        }
    }

    private UsageException refused(String key, String what) {
        return new UsageException(what, file + ": " + key, "Use obnam-server account to change accounts");
    }

    /// Reads it, changes what it holds, and writes it; nobody else changes it meanwhile.
    public Accounts change(UnaryOperator<Accounts> change) {
        Path folder = file.toAbsolutePath().getParent();
        try (FileChannel lock = StateFiles.appending(folder.resolve(".accounts.lock"));
                FileLock held = lock.lock()) {
            assert held.isValid();
            Accounts changed = change.apply(read());
            StateFiles.replace(file, text(changed).getBytes(StandardCharsets.UTF_8));
            return changed;
        } catch (IOException e) {
            throw new LocalException("the accounts cannot be written", file.toString(), "Check its rights", e);
        }
    }

    private static String text(Accounts accounts) throws IOException {
        StringWriter text = new StringWriter();
        try (YAMLGenerator yaml = new YAMLFactory()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .createGenerator(text)) {
            yaml.writeStartObject();
            for (Account account : accounts.all()) {
                yaml.writeObjectFieldStart(account.name());
                write(yaml, account);
                yaml.writeEndObject();
            }
            yaml.writeEndObject();
        }
        return HEADING + text + "\n";
    }

    private static void write(YAMLGenerator yaml, Account account) throws IOException {
        Rules rules = account.rules();
        yaml.writeStringField("id", account.id());
        if (rules.quota().isPresent()) {
            yaml.writeNumberField("quota", rules.quota().getAsLong());
        }
        yaml.writeBooleanField("append-only", rules.appendOnly());
        yaml.writeStringField("retention", rules.retention().toSeconds() + " s");
        yaml.writeStringField("undelete", rules.undelete().toSeconds() + " s");
        yaml.writeObjectFieldStart("tokens");
        for (IssuedToken token : account.tokens()) {
            yaml.writeObjectFieldStart(token.device());
            yaml.writeStringField("id", token.id());
            yaml.writeStringField("hash", token.hash());
            yaml.writeStringField("rights", Right.format(token.rights()));
            yaml.writeStringField("created", token.created().toString());
            yaml.writeEndObject();
        }
        yaml.writeEndObject();
    }
}
