using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mayhem.FrontDoor.DataPlane;

/// <summary>Errors in the form of Service Bus: a small XML document with code and detail.</summary>
internal static class RestError
{
    /// <summary>Answers with an error.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml; charset=utf-8";
        var text = string.Concat(detail.Select(letter => char.IsControl(letter) ? ' ' : letter));
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"<Error><Code>{status}</Code><Detail>{SecurityElement.Escape(text)}</Detail></Error>"), Encoding.UTF8);
    }
}

/// <summary>A request that cannot be carried out as it is.</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="detail">What is wrong, for whoever sent it.</param>
internal sealed class RestException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
