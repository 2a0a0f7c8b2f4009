using Microsoft.Playwright;

namespace Mayhem.Dashboard.Tests.Browser;

/// <summary>One browser for all tests: this machine's own Chromium. <c>tests/chromium</c> installs it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Collection = "browser";

    // Chromium may not use its sandbox as root, and asks the network for what it does not need here.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var path = new[] { Environment.GetEnvironmentVariable("MAYHEM_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium: run tests/chromium, or give its path in MAYHEM_CHROMIUM.");
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        playwright?.Dispose();
    }
}

[CollectionDefinition(Chromium.Collection)]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;
