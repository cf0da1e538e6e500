ALTER TABLE "sheet_row" ADD COLUMN "turn" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "sheet_row" SET "turn" = "row";--> statement-breakpoint
CREATE INDEX "sheet_row_turn" ON "sheet_row" USING btree ("import_id","turn");--> statement-breakpoint
CREATE INDEX "sheet_row_outcome" ON "sheet_row" USING btree ("import_id","outcome");