namespace Mayhem.Dashboard.Tests.Browser;

public sealed class DeadLetterPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task DeadLetters_ByCause_LeadToTheirMessagesAndBack()
    {
        await Stage.KillAsync(70);
        await Stage.KillAsync(2, "Denied", host: "cattle-0003", fingerprint: "beef");

        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#summary", "72 messages");
        await Visit.ClickAsync("#groups tbody a", "Denied");
        await Visit.SeesAsync("#summary", "2 of 72 messages");
        await Visit.ClickAsync("#list tbody th a");
        await Visit.SeesAsync("h1", "cattle-0003: Denied");
        await Visit.SeesAsync("#body", "\"host\": \"cattle-0003\"");
        await Visit.SeesAsync("#history tbody td", "TimeoutException");
        await Visit.SeesAsync("#properties dt", "mayhem-fingerprint");
        await Visit.Page.GoBackAsync();
        await Visit.SeesAsync("#summary", "2 of 72 messages");
    }

    [Fact]
    public async Task DeadLetters_Older_TurnsThePage()
    {
        await Stage.KillAsync(70);

        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync(".pager", "1 to 50 of 70");
        await Visit.ClickAsync(".pager a", "Older");

        await Visit.SeesAsync(".pager", "51 to 70 of 70");
        Assert.Equal(20, await Visit.Page.Locator("#list tbody tr").CountAsync());
    }

    [Fact]
    public async Task DeadLetters_Filter_NarrowsTheList()
    {
        await Stage.KillAsync(40);

        await Visit.ToAsync("/dead-letters");
        await Visit.Page.FillAsync("[name=host]", "host-07");
        await Visit.ClickAsync("#filters button");

        await Visit.SeesAsync("#summary", "2 of 40 messages");
        await Visit.ClickAsync("#clear");
        await Visit.SeesAsync("#summary", "40 messages");
    }

    [Fact]
    public async Task DeadLetter_ThatIsGone_SaysSo()
    {
        await Visit.ToAsync("/dead-letters/4711");

        await Visit.SeesAsync("#problem", "not here any more");
    }
}
