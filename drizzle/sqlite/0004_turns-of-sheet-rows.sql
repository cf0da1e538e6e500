ALTER TABLE `sheet_row` ADD `turn` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `sheet_row` SET `turn` = `row`;--> statement-breakpoint
CREATE INDEX `sheet_row_turn` ON `sheet_row` (`import_id`,`turn`);--> statement-breakpoint
CREATE INDEX `sheet_row_outcome` ON `sheet_row` (`import_id`,`outcome`);