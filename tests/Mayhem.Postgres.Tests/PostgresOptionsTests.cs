namespace Mayhem.Postgres.Tests;

public sealed class PostgresOptionsTests
{
    private const string Azure = "Host=x.postgres.database.azure.com;Database=mayhem;Username=id-mayhem";

    [Fact]
    public void Errors_OfAnOrdinaryConnection_AreNone() => Assert.Empty(new PostgresOptions { ConnectionString = Azure }.Errors());

    [Theory]
    [InlineData("", "Host=")]
    [InlineData("Database=mayhem", "names no Host")]
    [InlineData("Host=x", "names no Database")]
    [InlineData("nonsense", "keyword=value")]
    [InlineData("Host=x;Database=y;Port=many", "Port")]
    [InlineData("Host=x;Database=y;Hots=z", "Hots")]
    public void Errors_OfABadConnection_NameTheKeyAndTheWayOut(string connection, string told)
    {
        var error = Assert.Single(new PostgresOptions { ConnectionString = connection }.Errors());

        Assert.StartsWith("Mayhem:Ledger:Postgres:ConnectionString ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Errors_OfAPasswordBesideEntra_DoNotShowIt()
    {
        var error = Assert.Single(new PostgresOptions { ConnectionString = Azure + ";Password=hunter2", Entra = true }.Errors());

        Assert.Contains("holds a Password", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PostgresOptions.Schema), "Mayhem; drop")]
    [InlineData(nameof(PostgresOptions.ClientId), "not a guid")]
    [InlineData(nameof(PostgresOptions.PoolSize), 0)]
    [InlineData(nameof(PostgresOptions.PoolSize), 1001)]
    [InlineData(nameof(PostgresOptions.ConnectTimeout), "00:00:00.5")]
    [InlineData(nameof(PostgresOptions.StatementTimeout), "00:00:00")]
    [InlineData(nameof(PostgresOptions.IntentLease), "00:00:00")]
    [InlineData(nameof(PostgresOptions.Retention), "00:10:00")]
    public void Errors_OfAValueOutOfRange_NameIt(string property, object value)
    {
        var options = new PostgresOptions { ConnectionString = Azure };
        var settable = typeof(PostgresOptions).GetProperty(property)!;
        settable.SetValue(options, settable.PropertyType == typeof(TimeSpan) ? TimeSpan.Parse((string)value, null) : value);

        Assert.StartsWith($"Mayhem:Ledger:Postgres:{property} ", Assert.Single(options.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_ToAzureWithoutAPassword_UsesEntraAndChecksTheCertificate()
    {
        var connection = new PostgresOptions { ConnectionString = Azure }.Connection();

        Assert.True(new PostgresOptions { ConnectionString = Azure }.UsesEntra(connection));
        Assert.Equal(Npgsql.SslMode.VerifyFull, connection.SslMode);
        Assert.Contains("statement_timeout=10000", connection.Options, StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_WithOptionsOfItsOwn_KeepsThem()
    {
        var connection = new PostgresOptions { ConnectionString = "Host=x;Database=y;Options=-c work_mem=8MB;SSL Mode=Require" }.Connection();

        Assert.StartsWith("-c work_mem=8MB -c statement_timeout", connection.Options, StringComparison.Ordinal);
        Assert.Equal(Npgsql.SslMode.Require, connection.SslMode);
    }
}
