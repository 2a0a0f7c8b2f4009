using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Mayhem.Dashboard.Tests.Browser;

/// <summary>A visitor of a dashboard, who notices what the browser complains about and where it asks.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Asked.Add(new Uri(request.Url).Authority);
    }

    public IPage Page { get; }

    public ConcurrentBag<string> Complaints { get; } = [];

    public ConcurrentBag<string> Asked { get; } = [];

    public static async Task<Visit> BeginAsync(Chromium chromium, DashboardStage stage, int width = 1360, ColorScheme scheme = ColorScheme.Light)
    {
        var opened = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = stage.Url.ToString(), ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme, AcceptDownloads = true,
        });
        opened.SetDefaultTimeout(60_000);
        return new Visit(opened, await opened.NewPageAsync());
    }

    public async Task ToAsync(string path) => await Page.GotoAsync(path);

    /// <summary>Waits until something is to be seen.</summary>
    public Task SeesAsync(string selector, string? text = null) => Place(selector, text).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Visible });

    /// <summary>Waits until something is not to be seen any more.</summary>
    public Task MissesAsync(string selector, string? text = null) => Place(selector, text).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });

    public Task ClickAsync(string selector, string? text = null) => Place(selector, text).First.ClickAsync();

    public async Task<string> TextAsync(string selector) => await Page.Locator(selector).First.InnerTextAsync();

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private ILocator Place(string selector, string? text) => text is null ? Page.Locator(selector) : Page.Locator(selector, new PageLocatorOptions { HasTextString = text });
}
