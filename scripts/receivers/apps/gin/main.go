// A receiver with gin.
package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func said(c *gin.Context) string {
	var task struct {
		Question string `json:"question" binding:"required"`
	}
	if c.BindJSON(&task) != nil {
		return ""
	}
	return "You said: " + task.Question
}

func answer(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"success": true, "message": said(c)})
}

func signed(c *gin.Context) {
	body, _ := c.GetRawData()
	webhook, err := standardwebhooks.NewWebhook(os.Getenv("CALLBACK_SECRET"))
	if err != nil || webhook.Verify(body, c.Request.Header) != nil {
		c.Status(http.StatusUnauthorized)
		return
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	answer(c)
}

func slow(c *gin.Context) {
	time.Sleep(3 * time.Second)
	answer(c)
}

func text(c *gin.Context) {
	c.String(http.StatusOK, "%s", said(c))
}

func write(c *gin.Context, pieces ...string) {
	next := 0
	c.Stream(func(io.Writer) bool {
		if next == len(pieces) {
			return false
		}
		c.SSEvent("message", pieces[next])
		next++
		time.Sleep(100 * time.Millisecond)
		return true
	})
}

func stream(c *gin.Context) {
	write(c, said(c), "\n", " It", " grows.")
}

func broken(c *gin.Context) {
	write(c, said(c), " It")
	panic("the model is gone")
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	app := gin.Default()
	app.POST("/json", answer)
	app.POST("/signed", signed)
	app.POST("/slow", slow)
	app.POST("/text", text)
	app.POST("/stream", stream)
	app.POST("/broken", broken)
	log.Fatal(app.Run("127.0.0.1:" + os.Getenv("PORT")))
}
