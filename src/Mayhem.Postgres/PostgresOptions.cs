using Npgsql;

namespace Mayhem.Postgres;

/// <summary>Where the ledger's database is, and how it is used. Bound from <c>Mayhem:Ledger:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Mayhem:Ledger:Postgres";

    private const string AzureHosts = ".postgres.database.azure.com";

    /// <summary>
    /// An Npgsql connection string that names at least Host and Database, as <c>Host=ledger.postgres.database.azure.com;Database=mayhem;Username=id-mayhem</c>.
    /// Empty by default: the ledger is not in PostgreSQL.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The schema that the tables are in, made if it is missing: a lower-case letter or underscore, then those and digits, at most 63. <c>mayhem</c> by default.</summary>
    public string Schema { get; set; } = "mayhem";

    /// <summary>True connects with an Entra token of the app's identity as password, false as the connection string says. By default true for hosts of Azure without a password.</summary>
    public bool? Entra { get; set; }

    /// <summary>The client id of a user-assigned identity to connect as; empty, the default, for the one that DefaultAzureCredential finds.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The most connections of this process; 20 by default, 1 to 1000. Times the number of instances it must stay below the server's max_connections.</summary>
    public int PoolSize { get; set; } = 20;

    /// <summary>How long connecting may take, and waiting for a free connection; 10 s by default, whole seconds from 1 s to 2 minutes.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement may take, waiting for locks included; the server ends it then. 10 s by default, 100 ms to 10 minutes.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an intent counts as being acted upon. After that, whoever asks takes it over as interrupted. Longer than a target takes to accept a restart;
    /// 2 minutes by default, 1 s to 1 day, on the database's clock.
    /// </summary>
    public TimeSpan IntentLease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an ended entry is kept at least. At least the longest time from a message's first delivery to its last. Entries that have not ended are kept for good.
    /// 7 days by default, 1 hour to 3650 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>True if the ledger is to be in PostgreSQL.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <summary>What is wrong with the values, each as a sentence that starts with the key. Never shows the connection string, which may hold a password.</summary>
    public IEnumerable<string> Errors()
    {
        foreach (var error in ConnectionErrors())
            yield return error;
        if (!IsIdentifier(Schema))
            yield return $"{Section}:{nameof(Schema)} is '{Schema}'; allowed are lower-case letters, underscores and, not at the start, digits, at most 63.";
        if (ClientId.Length > 0 && !Guid.TryParse(ClientId, out _))
            yield return $"{Section}:{nameof(ClientId)} is '{ClientId}'; give the client id of an identity, a GUID.";
        if (PoolSize is < 1 or > 1000)
            yield return $"{Section}:{nameof(PoolSize)} is '{PoolSize}'; allowed is a whole number from 1 to 1000.";
        if (ConnectTimeout < TimeSpan.FromSeconds(1) || ConnectTimeout > TimeSpan.FromMinutes(2) || ConnectTimeout.Ticks % TimeSpan.TicksPerSecond != 0)
            yield return $"{Section}:{nameof(ConnectTimeout)} is '{ConnectTimeout}'; allowed are whole seconds, 00:00:01 to 00:02:00.";
        if (StatementTimeout < TimeSpan.FromMilliseconds(100) || StatementTimeout > TimeSpan.FromMinutes(10))
            yield return $"{Section}:{nameof(StatementTimeout)} is '{StatementTimeout}'; allowed is 00:00:00.1 to 00:10:00.";
        if (IntentLease < TimeSpan.FromSeconds(1) || IntentLease > TimeSpan.FromDays(1))
            yield return $"{Section}:{nameof(IntentLease)} is '{IntentLease}'; allowed is 00:00:01 to 1.00:00:00.";
        if (Retention < TimeSpan.FromHours(1) || Retention > TimeSpan.FromDays(3650))
            yield return $"{Section}:{nameof(Retention)} is '{Retention}'; allowed is 01:00:00 to 3650.00:00:00.";
    }

    /// <summary>The connection string with everything that Mayhem adds.</summary>
    internal NpgsqlConnectionStringBuilder Connection()
    {
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            SearchPath = Schema,
            MaxPoolSize = PoolSize,
            Timeout = (int)ConnectTimeout.TotalSeconds,
            // The server ends statements; the client only waits for one that has lost its network.
            CommandTimeout = (int)Math.Ceiling(StatementTimeout.TotalSeconds) + 5,
            KeepAlive = 30,
        };
        connection.ApplicationName ??= "mayhem";
        connection.Options = string.Join(' ', new[]
        {
            connection.Options,
            $"-c statement_timeout={(int)StatementTimeout.TotalMilliseconds}",
            $"-c idle_in_transaction_session_timeout={(int)StatementTimeout.TotalMilliseconds + 5000}",
        }.Where(option => !string.IsNullOrEmpty(option)));
        // A token must reach nobody but the server.
        if (connection.SslMode is SslMode.Allow or SslMode.Prefer && UsesEntra(connection))
            connection.SslMode = SslMode.VerifyFull;
        return connection;
    }

    /// <summary>True if an Entra token is the password.</summary>
    internal bool UsesEntra(NpgsqlConnectionStringBuilder connection) =>
        Entra ?? (string.IsNullOrEmpty(connection.Password) && (connection.Host ?? "").EndsWith(AzureHosts, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> ConnectionErrors()
    {
        const string key = $"{Section}:{nameof(ConnectionString)}";
        if (!IsOn)
        {
            yield return $"{key} is missing: give one as Host=…;Database=…;Username=….";
            yield break;
        }
        var (connection, error) = Parse();
        if (connection is null)
            yield return $"{key} cannot be read: {error}";
        else if (string.IsNullOrWhiteSpace(connection.Host))
            yield return $"{key} names no Host.";
        else if (string.IsNullOrWhiteSpace(connection.Database))
            yield return $"{key} names no Database.";
        else if (UsesEntra(connection) && !string.IsNullOrEmpty(connection.Password))
            yield return $"{key} holds a Password, and {Section}:{nameof(Entra)} is true: remove one of them.";
        else if (UsesEntra(connection) && string.IsNullOrWhiteSpace(connection.Username))
            yield return $"{key} names no Username: with Entra it is the name of the identity, as it was added to the server.";
    }

    private (NpgsqlConnectionStringBuilder? Connection, string Error) Parse()
    {
        try
        {
            return (new NpgsqlConnectionStringBuilder(ConnectionString), "");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            // The message of the driver names the keyword, not the value.
            return (null, error is ArgumentException { ParamName: { Length: > 0 } keyword } ? $"'{keyword}' does not fit." : "it is no list of keyword=value, separated by semicolons.");
        }
    }

    private static bool IsIdentifier(string name) =>
        name is [('_' or (>= 'a' and <= 'z')), ..] && name.Length <= 63 && name.All(character => character is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
